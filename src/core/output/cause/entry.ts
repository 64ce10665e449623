/** One line of output as the search for a cause reads it. */
export interface Entry {
  /** Index among the lines of the output. */
  readonly at: number;
  /** The process under a runner that wrote it, as the runner names it; empty for the runner itself, or where there is none. */
  readonly source: string;
  /** Without the runner's prefix, spinners and frames. Indentation is kept. */
  readonly text: string;
}

/** Lines of output that belong together. */
export interface Block {
  /** Number of entries. */
  readonly length: number;
  /** Index of the output line that names the error. */
  readonly at: number;
  /** Index of its first line, where that is an earlier one. */
  readonly from?: number;
  /** What it says, on one line. */
  readonly sentence: string;
  readonly rank: Rank;
  /** Of several errors of a compiler in a row the first one counts, because the others follow from it. */
  readonly isCompilerError?: boolean;
}

/** How likely it is that a block names the cause; the highest counts. */
export const ranks = { consequence: 0, plain: 1, hint: 2, error: 3 } as const;
export type Rank = (typeof ranks)[keyof typeof ranks];

/** Reads the block that begins at the entry `at`; undefined when it is of another kind. */
export type BlockReader = (entries: readonly Entry[], at: number) => Block | undefined;

export const textAt = (entries: readonly Entry[], at: number): string => entries[at]?.text ?? '';

/** Returns the index of the first entry from `from` on, among at most `most`, whose text matches; undefined when there is none. */
export function findFrom(entries: readonly Entry[], from: number, pattern: RegExp, most: number): number | undefined {
  const found = entries.slice(from, from + most).findIndex(({ text }) => pattern.test(text));
  return found < 0 ? undefined : from + found;
}
