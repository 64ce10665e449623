/**
 * Which failures are due for a notification: each one once, and none that the user wanted or that ends without help.
 * The states of a service go in with their times, and the ids that are due come out. The memory is changed in place: states change often,
 * and a copy for each change would cost the more the more services there are.
 */
import { defined } from '../model/defined';
import type { ServiceSpec } from '../model/service';
import type { Service, Lifecycle } from '../lifecycle/state';

export interface Note {
  /** `notified`: nothing more is due until the service was well for long enough, or the user starts it. */
  readonly stage: 'none' | 'due' | 'notified';
  /** ms since the epoch; a reload does not interrupt it. */
  readonly wellSince?: number;
  /** The user started it and waits for the outcome; `answered` when they were asked about its port meanwhile. */
  readonly start?: 'asked' | 'answered';
}

/** By id. */
export type Memory = Map<string, Note>;

/** The circumstances of an observation. */
export interface Circumstances {
  /** ms since the epoch */
  readonly at: number;
  /** An extension asked for the start through the API, and receives the outcome as a value. */
  readonly isAwaited: boolean;
}

/** Notes the state of a service. */
export function observe(memory: Memory, service: Service, circumstances: Circumstances): void {
  const { id } = service.spec;
  memory.set(id, next(memory.get(id) ?? nothingYet, service, circumstances));
}

/** Forgets services that are no longer configured. */
export function keepOnly(memory: Memory, services: readonly Service[]): void {
  const ids = new Set(services.map(({ spec }) => spec.id));
  for (const id of memory.keys()) if (!ids.has(id)) memory.delete(id);
}

/** Returns the ids of the services whose failure is due, in the order in which they were first observed. */
export const due = (memory: Memory): readonly string[] =>
  [...memory].filter(([, { stage }]) => stage === 'due').map(([id]) => id);

/** Makes no list, because it is called at every change of a service. */
export function isAnyDue(memory: Memory): boolean {
  for (const { stage } of memory.values()) if (stage === 'due') return true;
  return false;
}

/** Marks the failures as notified: a notification named them, or the cause that explains them. */
export function settle(memory: Memory, ids: readonly string[]): void {
  for (const id of ids) memory.set(id, { ...memory.get(id), stage: 'notified' });
}

/** Whether the service is down or unhealthy, and no automatic restart is about to fix it. */
export const isFailing = (service: Service): boolean => standing(service) === 'failed' || standing(service) === 'unhealthy';

/** Whether it is running and its probes fail, or a part of it has ended. While a debugger pauses it, that is no failure. */
export const isUnhealthy = (service: Service): boolean => standing(service) === 'unhealthy';

const nothingYet: Note = { stage: 'none' };

function next(note: Note, service: Service, { at, isAwaited }: Circumstances): Note {
  const { lifecycle } = service.state;
  switch (standing(service)) {
    case 'begun':
      return { stage: 'none', start: isQuestionOpen(lifecycle) ? 'answered' : 'asked' };
    case 'well':
      if (note.wellSince !== undefined && note.start === undefined) return withdrawn(note);
      return { stage: withdrawn(note).stage, wellSince: note.wellSince ?? at };
    case 'passing':
      return withdrawn(note);
    case 'quiet':
      return { stage: stageAfterRest(withdrawn(note), service.spec, at) };
    case 'failed':
    case 'unhealthy': {
      if (note.stage === 'due') return note;
      const isOld = stageAfterRest(note, service.spec, at) === 'notified';
      const isKnown = isAwaited || (note.start === 'answered' && isPortTaken(lifecycle));
      return defined({ stage: isOld || isKnown ? ('notified' as const) : ('due' as const), start: note.start });
    }
  }
}

/** A service that recovers or is stopped before its notification gets none. */
const withdrawn = (note: Note): Note => (note.stage === 'due' ? { ...note, stage: 'none' } : note);

/** After the service was well for long enough, its next failure is a new one. */
function stageAfterRest({ stage, wellSince }: Note, { backoff }: ServiceSpec, at: number): Note['stage'] {
  return wellSince !== undefined && at - wellSince >= backoff.resetAfter ? 'none' : stage;
}

/**
 * `begun`: the user started it. `passing`: it reloads, starts, or its end is not explained yet. `quiet`: it is at rest
 * because it should be, or an automatic start follows.
 */
type Standing = 'well' | 'passing' | 'begun' | 'quiet' | 'failed' | 'unhealthy';

function standing(service: Service): Standing {
  const { lifecycle } = service.state;
  switch (lifecycle.kind) {
    case 'queued':
    case 'launching':
      return lifecycle.by === 'user' ? 'begun' : 'quiet';
    case 'running':
      // What is left may be well: the part that has ended is not.
      return lifecycle.ended === undefined ? standingOfProcess(service, lifecycle) : 'unhealthy';
    case 'starting':
    case 'external':
      return standingOfProcess(service, lifecycle);
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

function standingOfProcess(
  { spec, state }: Service,
  { kind, health }: Extract<Lifecycle, { kind: 'starting' | 'running' | 'external' }>,
): Standing {
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

/** The user stopped it before it was launched. */
const isAbandoned = ({ failure }: Extract<Lifecycle, { kind: 'failed' }>): boolean =>
  failure.kind === 'launch' && failure.failure.kind === 'abandoned';
