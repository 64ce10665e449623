/** Changes of a text, as data. */
import type { TextRange } from '../config/problem';

export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}

/** A change that solves a problem. */
export interface Fix {
  /** In the imperative. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Whether it is the most likely fix. */
  readonly isPreferred: boolean;
}

export const replace = ({ offset, length }: TextRange, text: string): TextEdit => ({ range: { offset, length }, text });

/** The edits must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.range.offset - a.range.offset)
    .reduce(
      (changed, { range: { offset, length }, text: put }) => changed.slice(0, offset) + put + changed.slice(offset + length),
      text,
    );
}
