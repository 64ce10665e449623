/** An address of this machine that a file names, with its place, so that it can be shown and mended there. */

export interface Reference {
  readonly kind: 'proxy' | 'env' | 'database';
  /** Absolute path. */
  readonly file: string;
  /** Of the port's digits: where they begin in the text, and how many there are. */
  readonly offset: number;
  readonly length: number;
  readonly host: string;
  readonly port: number;
  /** The URL as written. */
  readonly url: string;
  /** The variable, or the path that is proxied. */
  readonly name: string;
}

const localUrl = /(?:https?|wss?):\/\/(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):(\d{1,5})\b[^\s"'`]*/;

/** The first address of this machine in `text`, which begins at `start` in the file; undefined when a variable makes part of it. */
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

/** Line and column, from 1. */
export function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

/** Comments of JavaScript and TypeScript blanked, so that offsets stay; `//` within a string is none. */
export function withoutComments(text: string): string {
  const tokens = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return text.replace(tokens, (token) => (token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token));
}
