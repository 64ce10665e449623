/**
 * Which failures a person is told of unasked: each once, and none that somebody wanted or that is about to cure itself.
 * Pure: what is seen of a service goes in, with the time; what is due is asked for.
 */
import type { ServiceSpec } from '../model/service';
import type { Service, Lifecycle } from '../lifecycle/state';

export interface Note {
  /** `told`: nothing more is said until it was well for long enough, or a person starts it. */
  readonly telling: 'fresh' | 'due' | 'told';
  /** ms since the epoch; a reload does not interrupt it. */
  readonly wellSince?: number;
  /** A person started it and waits for the outcome; `answered` when they were asked about its port meanwhile. */
  readonly start?: 'asked' | 'answered';
}

/** By id. */
export type Memory = ReadonlyMap<string, Note>;

/** The circumstances in which a service is looked at. */
export interface Look {
  /** ms since the epoch */
  readonly at: number;
  /** A program asked for its start and is given the outcome as a value. */
  readonly isAwaited: boolean;
}

/** Takes note of a service as it is now; the same memory when nothing of that matters. */
export function observe(memory: Memory, service: Service, look: Look): Memory {
  const { id } = service.spec;
  const before = memory.get(id) ?? nothingYet;
  const after = next(before, service, look);
  return after === before && memory.has(id) ? memory : new Map(memory).set(id, after);
}

/** Forgets what is not configured any more. */
export function keepOnly(memory: Memory, services: readonly Service[]): Memory {
  const ids = new Set(services.map(({ spec }) => spec.id));
  return new Map([...memory].filter(([id]) => ids.has(id)));
}

/** Ids of the services whose failure is to be told, in the order in which they were seen first. */
export const due = (memory: Memory): readonly string[] =>
  [...memory].filter(([, { telling }]) => telling === 'due').map(([id]) => id);

/** Asked at every change of a service, so that it makes no list. */
export function isAnyDue(memory: Memory): boolean {
  for (const { telling } of memory.values()) if (telling === 'due') return true;
  return false;
}

/** They were told, or are explained by what was told. */
export function settle(memory: Memory, ids: readonly string[]): Memory {
  const settled = new Map(memory);
  for (const id of ids) settled.set(id, { ...settled.get(id), telling: 'told' });
  return settled;
}

/** Down, or not answering, with nobody about to cure it. */
export const isSick = (service: Service): boolean => standing(service) === 'failed' || standing(service) === 'unhealthy';

/** It runs, and gives no right answer: for what a debugger holds, that is no failure. */
export const isUnhealthy = (service: Service): boolean => standing(service) === 'unhealthy';

const nothingYet: Note = { telling: 'fresh' };

function next(note: Note, service: Service, { at, isAwaited }: Look): Note {
  const { lifecycle } = service.state;
  switch (standing(service)) {
    case 'begun':
      return { telling: 'fresh', start: isQuestionOpen(lifecycle) ? 'answered' : 'asked' };
    case 'well':
      if (note.wellSince !== undefined && note.start === undefined) return withdrawn(note);
      return { telling: withdrawn(note).telling, wellSince: note.wellSince ?? at };
    case 'passing':
      return withdrawn(note);
    case 'quiet':
      return { telling: afterWellness(withdrawn(note), service.spec, at) };
    case 'failed':
    case 'unhealthy': {
      if (note.telling === 'due') return note;
      const isOld = afterWellness(note, service.spec, at) === 'told';
      const isKnown = isAwaited || (note.start === 'answered' && isPortTaken(lifecycle));
      return { telling: isOld || isKnown ? 'told' : 'due', ...(note.start === undefined ? {} : { start: note.start }) };
    }
  }
}

/** What recovers, or is stopped, before it was told is not told. */
const withdrawn = (note: Note): Note => (note.telling === 'due' ? { ...note, telling: 'fresh' } : note);

/** After it was well for long enough, a failure is a new one. */
function afterWellness({ telling, wellSince }: Note, { backoff }: ServiceSpec, at: number): Note['telling'] {
  return wellSince !== undefined && at - wellSince >= backoff.resetAfter ? 'fresh' : telling;
}

/** `passing`: it reloads, starts, or its end is not explained yet. `quiet`: at rest by somebody's will, or tried again. */
type Standing = 'well' | 'passing' | 'begun' | 'quiet' | 'failed' | 'unhealthy';

function standing(service: Service): Standing {
  const { lifecycle } = service.state;
  switch (lifecycle.kind) {
    case 'queued':
    case 'launching':
      return lifecycle.by === 'user' ? 'begun' : 'quiet';
    case 'starting':
    case 'running':
    case 'external':
      return living(service, lifecycle);
    case 'failed':
      if (lifecycle.awaiting !== undefined) return 'passing';
      return isAbandoned(lifecycle) ? 'quiet' : 'failed';
    case 'exited':
      return lifecycle.awaiting === undefined ? 'quiet' : 'passing';
    case 'stopped':
    case 'stopping':
    case 'backingOff':
      return 'quiet';
  }
}

function living({ spec, state }: Service, { kind, health }: Extract<Lifecycle, { kind: 'starting' | 'running' | 'external' }>) {
  switch (health.kind) {
    case 'healthy':
      return 'well';
    case 'none':
      return kind === 'starting' ? 'passing' : 'well';
    case 'unknown':
    case 'reloading':
      return 'passing';
    case 'unhealthy': {
      const isRestarted = kind !== 'external' && spec.restartUnhealthyAfter !== undefined;
      return isRestarted && state.restarts.inARow < spec.maxRestarts ? 'passing' : 'unhealthy';
    }
  }
}

const isQuestionOpen = (lifecycle: Lifecycle): boolean => lifecycle.kind === 'launching' && lifecycle.phase.kind === 'blocked';

const isPortTaken = (lifecycle: Lifecycle): boolean => lifecycle.kind === 'failed' && lifecycle.failure.kind === 'portTaken';

/** The person stopped it before it was launched. */
const isAbandoned = ({ failure }: Extract<Lifecycle, { kind: 'failed' }>): boolean =>
  failure.kind === 'launch' && failure.failure.kind === 'abandoned';
