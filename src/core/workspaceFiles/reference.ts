/** An address of this machine in a file, with its location, so that it can be shown and fixed there. */

export interface Reference {
  readonly kind: 'proxy' | 'env' | 'database';
  /** Absolute path. */
  readonly file: string;
  /** Character offset of the digits of the port. */
  readonly offset: number;
  /** Number of these digits. */
  readonly length: number;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** The URL as written. */
  readonly url: string;
  /** The variable, or the proxied path; {@link unnamedProxy} where no path is known. */
  readonly name: string;
}

export const unnamedProxy = 'proxy';

const localUrl = /(?:https?|wss?):\/\/(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):(\d{1,5})\b[^\s"'`]*/;

/** Returns the first address of this machine in `text`, which starts at offset `start` of the file; undefined when it contains a variable. */
export function localAddress(
  text: string,
  start: number,
  pattern = localUrl,
): Omit<Reference, 'kind' | 'file' | 'name'> | undefined {
  const found = pattern.exec(text);
  const [url, host, digits] = found ?? [];
  if (found === null || url === undefined || host === undefined || digits === undefined) return undefined;
  const port = Number(digits);
  if (port < 1 || port > 65_535 || /\$\{|%\(/.test(url)) return undefined;
  const offset = start + found.index + url.indexOf(`:${digits}`, url.indexOf('://') + 3 + host.length) + 1;
  return { offset, length: digits.length, host: host.replace(/^\[|\]$/g, ''), port, url };
}

/** Returns line and column, both from 1. */
export function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

/** Replaces comments of JavaScript and TypeScript with blanks, so that offsets stay the same; `//` in a string is no comment. */
export function withoutComments(text: string): string {
  const tokens = /(?<!\\)(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;
  return text.replace(tokens, (token) => (token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token));
}
