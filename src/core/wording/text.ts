/** Text from files and programs, in a form that fits into one line of the interface. */

/** Returns the text on one line: each run of white space and control characters becomes one space. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/**
 * Returns the text on one line, in at most `limit` code points, the last of which is `…` when something was cut.
 * Cuts between characters as people see them, never inside an emoji.
 */
export function shortened(text: string, limit: number): string {
  const line = oneLine(text);
  if (line.length <= limit) return line;
  // A code point has at most two units, so the rest cannot be shown: the body of a response may be a megabyte.
  const shown = line.slice(0, 2 * limit + 2);
  if (/^[ -~]*$/.test(shown)) return `${shown.slice(0, limit - 1)}…`;
  let kept = '';
  let length = 0;
  for (const segment of charactersOf(shown)) {
    length += Array.from(segment).length;
    if (length > limit) return `${kept}…`;
    if (length < limit) kept += segment;
  }
  return line;
}

/** The first segmenter of a process costs about 10 ms, so it is made when a text needs it. */
let segmenter: Intl.Segmenter | undefined;

/** Returns the characters of a text as people see them. */
export function* charactersOf(text: string): Iterable<string> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/**
 * Returns the text in lines of at most `limit` code points, divided at spaces; a longer word is divided inside. No lines for a text
 * without words.
 */
export function wrapped(text: string, limit: number): readonly string[] {
  const lines: string[] = [];
  for (const word of oneLine(text).split(' ').filter(Boolean)) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (Array.from(joined).length <= limit && last !== undefined) lines[lines.length - 1] = joined;
    else lines.push(...pieces(word, limit));
  }
  return lines;
}

function pieces(word: string, limit: number): readonly string[] {
  const signs = Array.from(word);
  return Array.from({ length: Math.ceil(signs.length / limit) }, (_, index) =>
    signs.slice(index * limit, (index + 1) * limit).join(''),
  );
}

/** Returns the text with the last part of each absolute path only: a folder of the user explains nothing and takes the room. */
export const withoutFolders = (text: string): string =>
  text
    .split(' ')
    .map((word) => (/^["'(]?(?:\/|[A-Za-z]:\\)/.test(word) ? lastPart(word) : word))
    .join(' ');

const lastPart = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;
