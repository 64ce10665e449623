/** Finds the port in a Python call such as `uvicorn.run(app, port=8001)`. */
import type { CandidatePort } from '../candidate';
import { findIn, insideBrackets, portOf, whereIs } from '../read/source';
import type { Source } from '../read/source';

export interface WrittenPort {
  readonly number: number;
  readonly where: string;
}

/**
 * Reads the port of the first matching call. `positional` finds it among positional arguments. A name that the source does not
 * define is looked for in `imported`.
 */
export function portInCall(
  source: Source,
  call: RegExp,
  positional?: RegExp,
  imported: readonly Source[] = [],
): WrittenPort | undefined {
  const found = findIn(source, call);
  if (found === undefined) return undefined;
  const open = source.text.indexOf('(', found.index);
  const inside = insideBrackets(source.text, open);
  const where = whereIs(source, open);
  const named = /\bport\s*=\s*([^\n]*)/.exec(inside)?.[1] ?? positional?.exec(inside)?.[1];
  if (named === undefined) return undefined;
  const literal = digits(named);
  if (literal !== undefined) return { number: literal, where };
  const name = /(?<!\w)([A-Za-z_]\w{0,80})\s{0,8}\){0,8}\s{0,8},?\s{0,8}(?:\w{1,80}\s{0,8}=.*)?$/.exec(named)?.[1] ?? named;
  const own = constant(source, name) ?? argumentPort(source);
  return own ?? imported.map((other) => constant(other, name)).find((port) => port !== undefined);
}

/** `PORT = int(os.getenv("PORT", 8001))`, also as a field of settings. */
function constant(source: Source, name: string): WrittenPort | undefined {
  const found = findIn(source, new RegExp(`^[ \\t]*${name.replace(/\W/g, '')}\\b[^=\\n]*=[ \\t]*([^\\n]*)$`, 'im'));
  const number = digits(found?.groups[0] ?? '');
  return found === undefined || number === undefined ? undefined : { number, where: found.where };
}

/** `parser.add_argument("--port", type=int, default=8001)` */
export function argumentPort(source: Source): WrittenPort | undefined {
  const found = findIn(source, /add_argument\(\s*(?:["']-p["'],\s*)?["']--port["'][^)\n]*default\s*=\s*(\d{2,5})/);
  const number = portOf(found?.groups[0]);
  return found === undefined || number === undefined ? undefined : { number, where: found.where };
}

const digits = (text: string): number | undefined =>
  portOf(/(?<![\w.])(\d{2,5})(?![\w.])/.exec(text.replace(/,\s*[a-z_]+\s*=.*$/, ''))?.[1]);

export const asPort = (written: WrittenPort | undefined, usual: number): CandidatePort =>
  written === undefined ? { number: usual, from: 'default' } : { number: written.number, from: 'written' };
