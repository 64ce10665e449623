/** Removes a key with its value, or an item of a list. Comments next to it stay. */
import { withoutTrailing } from '../model/withoutTrailing';
import type { Node } from '../config/find';
import { endOfTokenBefore, nextToken } from '../config/find';
import type { TextRange } from '../config/problem';
import type { TextEdit } from './edit';
import { replace } from './edit';

/** `node` is a property or an item. */
export function removal(text: string, node: Node): readonly TextEdit[] {
  const end = node.offset + node.length;
  const next = nextToken(text, end);
  if (next.text === ',') return [replace(withLine(text, { offset: node.offset, length: next.offset + 1 - node.offset }), '')];
  const whole = replace(withLine(text, node), '');
  const before = endOfTokenBefore(text, node.offset);
  // The last one must not leave a comma behind.
  if (before === undefined || text[before - 1] !== ',') return [whole];
  return before - 1 + 1 > whole.range.offset
    ? [replace({ offset: before - 1, length: whole.range.offset + whole.range.length - before + 1 }, '')]
    : [replace({ offset: before - 1, length: 1 }, ''), whole];
}

/** Extends the range to the whole line when nothing else is on it, else to the spaces around. */
function withLine(text: string, { offset, length }: TextRange): TextRange {
  const start = withoutTrailing(text.slice(0, offset), ' \t').length;
  const after = /^[ \t]*/.exec(text.slice(offset + length))?.[0].length ?? 0;
  const end = offset + length + after;
  const lineBreak = /^(?:\r\n|\n|\r)/.exec(text.slice(end, end + 2))?.[0];
  const isLineStart = start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r';
  if (isLineStart && lineBreak !== undefined) return { offset: start, length: end + lineBreak.length - start };
  // Something follows on this line and keeps its distance to what comes before.
  if (lineBreak === undefined && after > 0) return { offset, length: end - offset };
  return { offset: start, length: offset + length - start };
}
