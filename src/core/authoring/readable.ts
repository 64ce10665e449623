/** Parses text that the user is editing. */
import type { Node } from '../config/find';
import { servicesOf } from '../config/references';
import { readSyntax } from '../config/syntax';

/**
 * A partly typed line, such as an open bracket, makes the text after it unreadable. The line of the cursor is left out then,
 * unless services are lost with it. All positions stay the same.
 */
export function readable(text: string, offset: number): Node | undefined {
  const whole = readSyntax(text);
  if (whole.errors.length === 0) return whole.root;
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const length = /^[^\r\n]*/.exec(text.slice(start))?.[0].length ?? 0;
  const without = readSyntax(text.slice(0, start) + ' '.repeat(length) + text.slice(start + length));
  const isBetter =
    without.errors.length < whole.errors.length && servicesOf(without.root).length >= servicesOf(whole.root).length;
  return isBetter ? without.root : whole.root;
}
