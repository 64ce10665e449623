/** Entries of a history as lines of JSON, and back. */
import { isRequestedBy } from '../model/actor';
import type { Actor } from '../model/actor';
import { defined } from '../model/defined';
import type { HistoryEntry, HistoryEvent, HistorySample, HistoryVerdict, HistoryWhat } from './record';

/** Longer texts are cut: a file must hold a day. */
const maxTextCharacters = 300;

export const lineOf = (entry: HistoryEntry): string => `${JSON.stringify(shortEntry(entry))}\n`;

function shortEntry(entry: HistoryEntry): HistoryEntry {
  switch (entry.kind) {
    case 'event':
      return { ...entry, ...defined({ reason: cut(entry.reason) }) };
    case 'verdict':
      return { ...entry, title: cut(entry.title) ?? '' };
    case 'sample':
      return entry;
  }
}

const cut = (text: string | undefined): string | undefined => text?.slice(0, maxTextCharacters);

/** `isDamaged`: a line is no entry. A last line without its end was cut off by the end of a process, and is no damage. */
export interface ReadLines {
  readonly entries: readonly HistoryEntry[];
  readonly isDamaged: boolean;
}

export function entriesIn(text: string): ReadLines {
  const lines = text.split('\n');
  lines.pop();
  const entries = lines.map(entryIn);
  const valid = entries.filter((entry) => entry !== undefined);
  return { entries: valid, isDamaged: valid.length < entries.length };
}

function entryIn(line: string): HistoryEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) ? (eventIn(value) ?? verdictIn(value) ?? sampleIn(value)) : undefined;
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const figure = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

const known: ReadonlySet<unknown> = new Set<HistoryWhat>([
  ...(['started', 'ready', 'unhealthy', 'recovered', 'failed', 'stopped', 'restarted', 'reloaded', 'exited', 'lost'] as const),
]);
const isWhat = (value: unknown): value is HistoryWhat => known.has(value);

function eventIn({ kind, at, what, ...rest }: Fields): HistoryEvent | undefined {
  const time = figure(at);
  if (kind !== 'event' || time === undefined || !isWhat(what)) return undefined;
  const words = { run: text(rest['run']), reason: text(rest['reason']), cause: text(rest['cause']), code: text(rest['code']) };
  return { kind, at: time, what, ...defined({ ...words, by: actorIn(rest['by']) }) };
}

function actorIn(value: unknown): Actor | undefined {
  if (!isFields(value)) return undefined;
  if (value['kind'] === 'user' || value['kind'] === 'auto') return { kind: value['kind'] };
  return isRequestedBy(value) && typeof value !== 'string' ? value : undefined;
}

function verdictIn({ kind, at, ...rest }: Fields): HistoryVerdict | undefined {
  const time = figure(at);
  const [run, code, title, short] = [text(rest['run']), text(rest['code']), text(rest['title']), text(rest['short'])];
  if (kind !== 'verdict' || time === undefined || run === undefined || code === undefined) return undefined;
  return title === undefined || short === undefined ? undefined : { kind, at: time, run, code, title, short };
}

function sampleIn({ kind, at, cpu, memory, latency }: Fields): HistorySample | undefined {
  const time = figure(at);
  if (kind !== 'sample' || time === undefined) return undefined;
  return { kind, at: time, ...defined({ cpu: figure(cpu), memory: figure(memory), latency: figure(latency) }) };
}
