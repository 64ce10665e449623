/** Compilers and bundlers: the message, then its place and a part of the source. */
import { findFrom, ranks, textAt } from '../entry';
import type { Block, BlockReader, Entry } from '../entry';
import { joined } from './message';

const compilerError = (entries: readonly Entry[], start: number, length: number, sentence: string): Block => ({
  length,
  at: entries[start]?.at ?? 0,
  sentence,
  rank: ranks.error,
  isCompilerError: true,
});

/** A part of the source, with marks under it. */
const sourceLine = /^\s{0,12}(?:\d+ ?[|│┃]|[|│┃╵·╷]|\.{3}|>?\s{0,6}\d+ \||= |[~^]+$|-->|╭|╰|─)/;

function endOfSource(entries: readonly Entry[], from: number): number {
  let end = from;
  while (end < entries.length && (sourceLine.test(textAt(entries, end)) || textAt(entries, end).trim() === '')) end += 1;
  return end;
}

/** `error[E0425]: message` and ` --> src/main.rs:2:5`. */
export const rust: BlockReader = (entries, start) => {
  const text = textAt(entries, start);
  if (!/^error(?:\[E\d+\])?: /.test(text)) return undefined;
  const at = findFrom(entries, start + 1, /^\s*--> \S+:\d+:\d+$/, 2);
  if (at === undefined) return undefined;
  const place = textAt(entries, at).replace('-->', '').trim();
  return compilerError(entries, start, endOfSource(entries, at) - start, `${text} (${place})`);
};

/** esbuild: `✘ [ERROR] message`, an empty line, `    file:line:column:`. */
export const esbuild: BlockReader = (entries, start) => {
  const message = /^[✘X▲] \[ERROR\] (.*)$/.exec(textAt(entries, start))?.[1];
  if (message === undefined) return undefined;
  const at = findFrom(entries, start + 1, /^\s{4}\S+:\d+:\d+:$/, 3);
  const place = at === undefined ? undefined : textAt(entries, at).trim().replace(/:$/, '');
  const sentence = place === undefined ? message : `${message} (${place})`;
  return compilerError(entries, start, endOfSource(entries, (at ?? start) + 1) - start, sentence);
};

/** oxc and SWC, as Vite 8 and Next print them: the message, then `╭─[file:line:column]`. */
export const oxc: BlockReader = (entries, start) => {
  const message = /^\s*(?:(?:Error: +)?[x×⨯] |\[PARSE_ERROR\] (?:Error: )?)(.*)$/.exec(textAt(entries, start))?.[1];
  if (message === undefined) return undefined;
  const at = findFrom(entries, start + 1, /\[\s{0,4}[^\s[\]]{1,300}:\d+:\d+\s{0,4}\]/, 4);
  const place = at === undefined ? undefined : /\[\s{0,4}([^\s[\]]{1,300}:\d+:\d+)\s{0,4}\]/.exec(textAt(entries, at))?.[1];
  if (place === undefined) return undefined;
  return compilerError(entries, start, endOfSource(entries, (at ?? start) + 1) - start, `${message.trim()} (${place})`);
};

/** One line with its place: tsc, javac, Go, .NET, gcc. */
const withPlace: readonly RegExp[] = [
  /^\S+(?:\(\d+,\d+\)|:\d+:\d+)(?: -|:) error (?:TS|CS|FS|BC)\d+: /,
  /^\S+\.java:\d+: error: /,
  /^\[ERROR\] \S+\.(?:java|kt):\[\d+,\d+\] /,
  /^(?:\.\/)?[\w./-]+\.go:\d+:\d+: /,
  /^\S+:\d+:\d+: (?:fatal )?error: /,
];

export const placed: BlockReader = (entries, start) => {
  const text = textAt(entries, start).trim();
  if (text.length > 1000 || !withPlace.some((pattern) => pattern.test(text))) return undefined;
  return compilerError(entries, start, endOfSource(entries, start + 1) - start, text.replace(/^\[ERROR\] /, ''));
};

/** `ERROR in ./src/index.js 1:0`, then the message. */
export const webpack: BlockReader = (entries, start) => {
  const place = /^ERROR in (\S+(?: \d+:\d+(?:-\d+)?)?)$/.exec(textAt(entries, start))?.[1];
  if (place === undefined) return undefined;
  const message = joined(entries, start + 1, start + 2);
  return compilerError(entries, start, endOfSource(entries, start + 2) - start, `${place}: ${message}`);
};
