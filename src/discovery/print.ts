/** Prints a service as a developer would write it: evidence above, one key per line, short values on one line. */
import type { ProposedService } from '../core/addServices/proposal';
import { oneLine } from '../core/wording/text';

export interface Layout {
  readonly indent: string;
  readonly eol: string;
  /** The number of indents. */
  readonly depth: number;
}

/** Longer values are split into lines. */
const maxInlineCharacters = 100;

export function printEntry({ id, config, evidence }: ProposedService, { indent, eol, depth }: Layout): string {
  const margin = indent.repeat(depth);
  // A comment ends with its line, so nothing that was read from a file may break it.
  const comments = evidence.map((sentence) => `${margin}// ${oneLine(sentence)}`);
  const keys = Object.entries(config).map(
    ([key, value]) => `${margin}${indent}${JSON.stringify(key)}: ${print(value, { indent, eol, depth: depth + 1 })}`,
  );
  return [...comments, `${margin}${JSON.stringify(id)}: {`, keys.join(`,${eol}`), `${margin}}`].join(eol);
}

function print(value: unknown, layout: Layout): string {
  const flat = printFlat(value);
  if (flat.length <= maxInlineCharacters || typeof value !== 'object' || value === null) return flat;
  const { indent, eol, depth } = layout;
  const inner = `${eol}${indent.repeat(depth + 1)}`;
  const close = `${eol}${indent.repeat(depth)}`;
  const deeper = { ...layout, depth: depth + 1 };
  if (Array.isArray(value)) return `[${value.map((item) => `${inner}${print(item, deeper)}`).join(',')}${close}]`;
  const entries = Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${print(item, deeper)}`);
  return `{${entries.join(',')}${close}}`;
}

function printFlat(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printFlat).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${printFlat(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
