/** Finds what is at a place in the text, even while a line is only partly typed. */
import { createScanner, findNodeAtOffset, getLocation, getNodePath } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import type { TextRange } from './problem';
import { readSyntax } from './syntax';
import type { Path } from './tree';

export type { Node };

/** The key or value that is being typed. */
export interface Cursor {
  /** The path of that key or value. */
  readonly path: Path;
  readonly part: 'key' | 'value';
  /** The part before the cursor, without the opening quote, escapes included. */
  readonly typed: string;
  /** The whole key or value, quotes included. Without a closing quote it ends at the cursor. */
  readonly range: TextRange;
  readonly isQuoted: boolean;
  /** The character after the cursor; empty at the end of the text. */
  readonly after: string;
  /** The next character that is neither white space nor part of a comment; empty at the end of the text. */
  readonly next: string;
}

/** Returns undefined where neither a key nor a value can be typed: in comments, after a value, and where nesting is too deep. */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  if (readSyntax(text).errors.some(({ kind }) => kind === 'TooDeep')) return undefined;
  const word = /[^\s,:{}[\]"]*$/.exec(text.slice(Math.max(0, offset - maxWordCharacters), offset))?.[0] ?? '';
  const tokens = tokensAround(text, offset, offset - word.length);
  if (tokens.isInComment) return undefined;
  const { path, isAtPropertyKey } = getLocation(text, offset);
  const part = isAtPropertyKey ? 'key' : 'value';
  const string = tokens.string;
  if (string === undefined && !'[,:{'.includes(tokens.before)) return undefined;
  const range = string ?? { offset: offset - word.length, length: word.length };
  const typed = string === undefined ? word : text.slice(string.offset + 1, offset);
  const next = nextToken(text, range.offset + range.length).text;
  return { path, part, typed, range, isQuoted: string !== undefined, after: text[offset] ?? '', next };
}

/** A longer word is not being typed by a user. */
const maxWordCharacters = 200;

/** The values of jsonc-parser's `ScanError`: a const enum of a package cannot be imported with `isolatedModules`. */
const unexpectedEndOfComment = 1;
const unexpectedEndOfString = 2;
const unfinished: ReadonlySet<number> = new Set([unexpectedEndOfComment, unexpectedEndOfString]);

interface Tokens {
  readonly isInComment: boolean;
  /** The string that contains the offset. */
  readonly string: TextRange | undefined;
  /** The first character of the last token that ends before the word. */
  readonly before: string;
}

function tokensAround(text: string, offset: number, wordStart: number): Tokens {
  const scanner = createScanner(text, false);
  let before = ' ';
  for (;;) {
    scanner.scan();
    const start = scanner.getTokenOffset();
    const length = scanner.getTokenLength();
    const first = text[start] ?? '';
    if (length === 0 || start >= offset) return { isInComment: false, string: undefined, before };
    const isUnfinished = unfinished.has(scanner.getTokenError());
    if (offset < start + length || (offset === start + length && isEndWithin(first, text.slice(start, offset), isUnfinished))) {
      const isString = first === '"';
      const string = isString ? { offset: start, length: isUnfinished ? offset - start : length } : undefined;
      return { isInComment: isComment(text, start), string, before };
    }
    if (!/\s/.test(first) && !isComment(text, start) && start + length <= wordStart) before = first;
  }
}

/** Tells whether a cursor at the end of a token is still inside: in a line comment, and in a string or comment without an end. */
const isEndWithin = (first: string, token: string, isUnfinished: boolean): boolean =>
  token.startsWith('//') || ((first === '"' || first === '/') && isUnfinished);

const isComment = (text: string, offset: number): boolean => text.startsWith('//', offset) || text.startsWith('/*', offset);

/** Returns the next token that is neither white space nor a comment; its text is empty at the end. */
export function nextToken(text: string, from: number): { readonly offset: number; readonly text: string } {
  const scanner = createScanner(text, true);
  scanner.setPosition(from);
  scanner.scan();
  return { offset: scanner.getTokenOffset(), text: text[scanner.getTokenOffset()] ?? '' };
}

/** Returns where the last token before `offset` ends that is neither white space nor a comment; undefined when there is none. */
export function endOfTokenBefore(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  let end: number | undefined;
  for (;;) {
    scanner.scan();
    if (scanner.getTokenLength() === 0 || scanner.getTokenOffset() >= offset) return end;
    end = scanner.getTokenOffset() + scanner.getTokenLength();
  }
}

/** Returns the smallest key or value at the offset. Its end belongs to it. */
export const nodeAt = (root: Node | undefined, offset: number): Node | undefined =>
  root === undefined ? undefined : findNodeAtOffset(root, offset, true);

/** Returns the keys and indices from the root to a value. */
export const pathOf = (node: Node): Path => getNodePath(node);
