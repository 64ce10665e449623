/** Puts sentences together from whole sentences, and cuts what programs wrote. */
import { withoutTrailing } from '../model/withoutTrailing';
import { shortened } from './text';

/** Joins whole sentences; those that are undefined are left out. */
export const sentences = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' ');

/** Returns the text with a full stop, unless it ends a sentence already. */
export const asSentence = (text: string): string => (/[.!?…]$/u.test(text) ? text : `${text}.`);

/** Returns the text without a final full stop, for the middle of a sentence. */
export const asClause = (text: string): string => withoutTrailing(text, '.');

/** Returns `full` of the detail as a sentence, or `plain` when there is no detail. */
export function withDetail(detail: string | undefined, plain: string, full: (detail: string) => string): string {
  const line = shortened(detail ?? '', maxDetailLength);
  return line === '' ? plain : full(asSentence(line));
}

/** Returns a name, path or command in a length that fits into a sentence. */
export const short = (text: string): string => shortened(text, maxNameLength);

/** In code points. */
const maxDetailLength = 400;
const maxNameLength = 120;
