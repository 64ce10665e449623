/** Addresses and places in files that a line names. */

export type LinkTarget =
  | { readonly kind: 'url'; readonly url: string }
  /** A path as written, relative to the folder of the service or absolute; line and column count from 1. */
  | { readonly kind: 'file'; readonly path: string; readonly line?: number; readonly column?: number };

export interface Link {
  /** Characters of the line, from `from` up to but not including `to`. */
  readonly from: number;
  readonly to: number;
  readonly target: LinkTarget;
}

/** Links of a longer line are not looked for. */
const maxLinks = 100;

const address = /https?:\/\/[^\s"'<>`]{1,2000}/g;
const closing = /[.,;:!?)\]}]/;
const pythonFrame = /File "([^"]{1,1000})", line (\d{1,9})/g;
const token = /[^\s"'`<>()[\]{},;=|]+/g;
/** `path.ext:line:column`; only the path may hold a colon, after the letter of a drive. */
const place = /^((?:file:\/\/|[A-Za-z]:(?=[\\/]))?[^:]{1,1000}\.[A-Za-z]\w{0,9}):(\d{1,9})(?::(\d{1,9}))?:?$/;
/** tsc and MSBuild: `path.ext(line,column)`. */
const pathAlone = /^(?:[A-Za-z]:(?=[\\/]))?[^:]{1,1000}\.[A-Za-z]\w{0,9}$/;
const inParentheses = /^\((\d{1,9})(?:[,:] ?(\d{1,9}))?\)/;

/** Returns the links in order; none overlaps another. */
export function linksIn(text: string): readonly Link[] {
  const found: Link[] = [];
  const isFree = (from: number, to: number): boolean => found.every((link) => to <= link.from || from >= link.to);
  const add = (link: Link): void => {
    if (found.length < maxLinks && isFree(link.from, link.to)) found.push(link);
  };
  for (const match of text.matchAll(address)) {
    const url = withoutClosing(match[0]);
    add({ from: match.index, to: match.index + url.length, target: { kind: 'url', url } });
  }
  for (const match of text.matchAll(pythonFrame))
    add({
      from: match.index,
      to: match.index + match[0].length,
      target: { kind: 'file', path: match[1] ?? '', ...position(match[2]) },
    });
  for (const match of text.matchAll(token)) {
    const link = placeIn(match[0], text, match.index);
    if (link !== undefined) add(link);
  }
  return found.sort((a, b) => a.from - b.from);
}

function placeIn(word: string, text: string, from: number): Link | undefined {
  const [, path, line, column] = place.exec(word) ?? [];
  if (path !== undefined) {
    const to = from + word.length - (word.endsWith(':') ? 1 : 0);
    return { from, to, target: { kind: 'file', path, ...position(line, column) } };
  }
  const to = from + word.length;
  const after = text[to] === '(' && pathAlone.test(word) ? inParentheses.exec(text.slice(to, to + 25)) : null;
  return after === null
    ? undefined
    : { from, to: to + after[0].length, target: { kind: 'file', path: word, ...position(after[1], after[2]) } };
}

const position = (line: string | undefined, column?: string): { line?: number; column?: number } => ({
  ...(line !== undefined && { line: Math.max(1, Number(line)) }),
  ...(column !== undefined && { column: Math.max(1, Number(column)) }),
});

/** A sentence may end after the address; a bracket that it opened belongs to it. */
function withoutClosing(url: string): string {
  let end = url.length;
  while (end > 0 && closing.test(url[end - 1] ?? '') && !(url[end - 1] === ')' && url.slice(0, end).includes('('))) end -= 1;
  return url.slice(0, end);
}
