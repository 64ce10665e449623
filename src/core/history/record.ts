/** What is kept of a service over 24 hours: what happened, and one sample of its processes per 15 s. */
import type { Actor } from '../model/actor';

/** How long entries are kept, in ms. */
export const keptMs = 24 * 3_600_000;
/** Pause between two samples, in ms. */
export const sampleMs = 15_000;
/** More events than these are dropped, the oldest first; samples are bounded by their pace. */
export const maxEvents = 1500;
const maxSamples = Math.ceil(keptMs / sampleMs);

/** Those of the contract, and `lost`: the service was up when the last window went, and is not any more. */
export type HistoryWhat =
  'started' | 'ready' | 'unhealthy' | 'recovered' | 'failed' | 'stopped' | 'restarted' | 'reloaded' | 'exited' | 'lost';

/** `at` in ms since the epoch. */
export interface HistoryEvent {
  readonly kind: 'event';
  readonly at: number;
  readonly what: HistoryWhat;
  /** The run that it belongs to, where there is one. */
  readonly run?: string;
  readonly by?: Actor;
  /** Why, in whole sentences. */
  readonly reason?: string;
  /** Why, in at most 32 characters. */
  readonly cause?: string;
  /** Code of the cause, as far as the state alone showed it. */
  readonly code?: string;
}

/** What a diagnosis found of the latest failure of a run. */
export interface HistoryVerdict {
  readonly kind: 'verdict';
  readonly at: number;
  readonly run: string;
  readonly code: string;
  readonly title: string;
  readonly short: string;
}

export interface HistorySample {
  readonly kind: 'sample';
  readonly at: number;
  /** Percent of one core since the sample before; absent for the first one of a process. */
  readonly cpu?: number;
  /** Resident memory of all processes, in bytes. */
  readonly memory?: number;
  /** Of the last successful probe, in ms. */
  readonly latency?: number;
}

export type HistoryEntry = HistoryEvent | HistoryVerdict | HistorySample;

/** In the order of time. */
export interface ServiceHistory {
  readonly events: readonly HistoryEvent[];
  readonly verdicts: readonly HistoryVerdict[];
  readonly samples: readonly HistorySample[];
}

export const noHistory: ServiceHistory = { events: [], verdicts: [], samples: [] };

/** Drops what is older than 24 hours at `now`, samples older than `samplesMs`, and what is more than may be kept. */
export function bounded({ events, verdicts, samples }: ServiceHistory, now: number, samplesMs = keptMs): ServiceHistory {
  const last = events.at(-1);
  const kept = latest(events, now - keptMs, maxEvents);
  return {
    // The last event says what the service is, however old it is.
    events: kept.length === 0 && last !== undefined ? [last] : kept,
    verdicts: latest(verdicts, now - keptMs, maxEvents),
    samples: latest(samples, now - samplesMs, maxSamples),
  };
}

/** Those after a time, and no more than so many. The same list where all are: a sample is added to each service every 15 s. */
function latest<T extends HistoryEntry>(entries: readonly T[], after: number, max: number): readonly T[] {
  const first = entries[0];
  const areAll = first === undefined || (first.at > after && entries.length <= max);
  if (areAll) return entries;
  const kept = entries.filter(({ at }) => at > after);
  return kept.length <= max ? kept : kept.slice(-max);
}

/** Sorts entries into a history. */
export const historyOf = (entries: readonly HistoryEntry[]): ServiceHistory => ({
  events: entries.filter((entry) => entry.kind === 'event'),
  verdicts: entries.filter((entry) => entry.kind === 'verdict'),
  samples: entries.filter((entry) => entry.kind === 'sample'),
});

export function added({ events, verdicts, samples }: ServiceHistory, entries: readonly HistoryEntry[]): ServiceHistory {
  const more = historyOf(entries);
  const both = <T>(before: readonly T[], now: readonly T[]): readonly T[] => (now.length === 0 ? before : [...before, ...now]);
  return {
    events: both(events, more.events),
    verdicts: both(verdicts, more.verdicts),
    samples: both(samples, more.samples),
  };
}

export const entriesOf = ({ events, verdicts, samples }: ServiceHistory): readonly HistoryEntry[] =>
  [...events, ...verdicts, ...samples].sort((a, b) => a.at - b.at);
