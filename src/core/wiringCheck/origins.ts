/** Reads the allowed origins in a file of a server, literal by literal, and whether the list is complete. */
import type { TextRange } from '../config/problem';
import { originsIn } from '../workspaceFiles/cors';
import type { AllowedOrigins } from '../workspaceFiles/cors';
import { withoutComments } from '../workspaceFiles/reference';

export interface OriginList {
  readonly origins: readonly Origin[];
  /** Whether it is in brackets, so that an origin can be added. */
  readonly isList: boolean;
}

export interface Origin {
  readonly origin: string;
  /** Range of the literal, including quotes. */
  readonly range: TextRange;
}

export type ReadOrigins =
  | { readonly kind: 'known'; readonly lists: readonly OriginList[] }
  /** Origins are also allowed by a pattern, a variable or a function. */
  | { readonly kind: 'unclear' };

export function readOrigins(file: string, text: string): ReadOrigins {
  if (!/cors|Access-Control-Allow-Origin/i.test(text)) return { kind: 'known', lists: [] };
  const code = file.endsWith('.py') ? withoutPythonComments(text) : withoutComments(text);
  const found = originsIn(file, code);
  if (isUnclear(code, found)) return { kind: 'unclear' };
  return { kind: 'known', lists: found.map((list) => literalsOf(code, list)) };
}

/** Code that allows origins in a way that is not read here. */
const elsewhere =
  /_regex|_REGEXES|ALLOW_ALL|Access-Control-Allow-Origin|\b(?:cors|enableCors)\(\s*\)|\bCORS\(\s*\w+\s*\)|cross_origin|origins?\w*\s*(?:\+=|\.(?:append|extend|insert|push|add|concat|unshift)\b)/i;

/** A key or a variable for origins, and its value. */
const mentions =
  /(?:\b(?:allow_origins|origins?|CORS_ALLOWED_ORIGINS|CORS_ORIGIN_WHITELIST)["']?\s*[:=])\s*(?<value>[^\s,)}\]]+)/g;

function isUnclear(code: string, found: readonly AllowedOrigins[]): boolean {
  const names = new Set(found.map(({ offset }) => /(?<!\w)(\w+)["']?\s{0,100}[:=]\s{0,100}$/.exec(code.slice(0, offset))?.[1]));
  const isRead = (offset: number): boolean => found.some((list) => list.offset === offset);
  return (
    elsewhere.test(code) ||
    [...code.matchAll(mentions)].some((mention) => {
      const value = mention.groups?.['value'] ?? '';
      return !isRead(mention.index + mention[0].length - value.length) && !names.has(value);
    })
  );
}

function literalsOf(code: string, { offset, length }: AllowedOrigins): OriginList {
  const written = code.slice(offset, offset + length);
  const origins = [...written.matchAll(/"[^"\n]*"|'[^'\n]*'/g)].map((literal) => ({
    origin: literal[0].slice(1, -1).replace(/\/$/, ''),
    range: { offset: offset + literal.index, length: literal[0].length },
  }));
  return { origins, isList: written.startsWith('[') };
}

/** Replaces comments and strings in triple quotes with blanks, so that offsets stay the same. */
const withoutPythonComments = (text: string): string =>
  text.replace(/"""[\s\S]*?"""|'''[\s\S]*?'''|(?<!\\)"(?:\\.|[^"\\\n])*"|(?<!\\)'(?:\\.|[^'\\\n])*'|#[^\n]*/g, (token) =>
    /^(?:#|"""|''')/.test(token) ? token.replace(/[^\n]/g, ' ') : token,
  );
