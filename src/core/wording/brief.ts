/**
 * The short form of a cause, for places with room for a few words: the row, the status bar, a code lens, a pick. Names in it are cut in
 * the middle, because a module or a file is recognized by its beginning and its end.
 */
import { removed, withoutCredentials } from './secrets';
import { t } from './l10n';
import { charactersOf, oneLine, shortened } from './text';

/** In code points: what a row of 300 px shows beside the name of a service. */
export const maxBriefLength = 32;

/** Renders a short form. `clean` removes secrets from the names before they are cut, because a part of a secret is not recognized. */
export type Brief = (clean?: (text: string) => string) => string;

/** Returns the short form that `words` makes of the names: on one line, of at most {@link maxBriefLength} code points. */
export const brief =
  (words: (...names: readonly string[]) => string, ...names: readonly string[]): Brief =>
  (clean = withoutPasswords) => {
    const whole = names.map((name) => oneLine(clean(name)));
    for (let limit = maxBriefLength; limit >= minNameLength; limit -= 1) {
      const text = words(...whole.map((name) => cutInside(name, limit)));
      if (lengthOf(text) <= maxBriefLength) return text;
    }
    return shortened(words(...whole.map((name) => cutInside(name, minNameLength))), maxBriefLength);
  };

/** Returns a line of output as a short form: without the name of the error class, and cut at its end, because the cause comes first. */
export const briefLine =
  (line: string): Brief =>
  (clean = withoutPasswords) => {
    const text = oneLine(clean(line.slice(0, maxLineLength)))
      .replace(absolutePath, '$1')
      .replace(/^(?:Uncaught )?(?:Error|ERROR|error|Exception): (?=\S)/, '');
    const rest = lengthOf(text) > maxBriefLength ? text.replace(/^[\w.]{1,60}(?:Error|Exception|Warning): (?=\S)/, '') : text;
    return shortened(rest, maxBriefLength);
  };

/** A row has no room for whole paths: `$1` is the last part. */
const absolutePath = /(?<![\w.:/\\-])(?:[A-Za-z]:)?(?:[\\/][^\s\\/'"`,;:()]{1,80}){1,40}[\\/]([^\s\\/'"`,;:()]{1,80})/g;

/** Returns the text with its middle replaced by `…`, in at most `limit` code points. Cuts between characters as people see them. */
export function cutInside(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = startOf(text, Math.ceil((limit - 1) / 2));
  const tail = endOf(text, limit - 1 - lengthOf(head));
  return lengthOf(text) <= limit ? text : `${head}…${tail}`;
}

function startOf(text: string, limit: number): string {
  const kept = shortened(text, limit + 1);
  return kept.endsWith('…') ? kept.slice(0, -1) : kept;
}

function endOf(text: string, limit: number): string {
  let kept = '';
  // A code point has at most two units; of the first character only a part may be here.
  const segments = [...charactersOf(text.slice(-(2 * limit + 2)))].slice(1).reverse();
  for (const segment of segments) {
    if (lengthOf(kept) + lengthOf(segment) > limit) break;
    kept = segment + kept;
  }
  return kept;
}

const withoutPasswords = (text: string): string => withoutCredentials(text).replaceAll(removed, t('[removed]'));

const lengthOf = (text: string): number => Array.from(text).length;

/** In code points: a name of fewer is not recognized. */
const minNameLength = 5;
/** In UTF-16 units: what follows is never shown. */
const maxLineLength = 500;
