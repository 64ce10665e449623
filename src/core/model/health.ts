/** Health of a running service: thresholds over probe outcomes. */
import type { ProbeFailure } from './failure';
import type { ProbeSpec } from './service';

/** What one probe saw. Times are ms since the epoch, latencies ms. */
export type ProbeOutcome =
  | {
      readonly ok: true;
      readonly at: number;
      readonly latencyMs: number;
      readonly status?: number;
      readonly published?: number;
      readonly host?: string;
    }
  | {
      readonly ok: false;
      readonly at: number;
      readonly latencyMs?: number;
      readonly status?: number;
      readonly failure: ProbeFailure;
      /** The port at which its container is reached: 1 to 65535. */
      readonly published?: number;
      /** Where that port is, when the engine runs on another machine; an IPv6 address within brackets. */
      readonly host?: string;
    };

export type Health =
  /** There is nothing to probe. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly streak: Streak; readonly last?: ProbeOutcome }
  | { readonly kind: 'healthy'; readonly since: number; readonly streak: Streak; readonly last: ProbeOutcome }
  | {
      readonly kind: 'unhealthy';
      readonly since: number;
      readonly streak: Streak;
      readonly last: ProbeOutcome & { ok: false };
      /** What a look at the port and the processes showed after it became unhealthy. */
      readonly evidence?: HangEvidence;
    }
  | { readonly kind: 'reloading'; readonly since: number; readonly streak: Streak; readonly last?: ProbeOutcome };

/** Why something that accepts connections does not answer. */
export interface HangEvidence {
  /** Connections that the other side has closed and the service has not. */
  readonly closeWait: number;
  readonly established: number;
  /** Different sockets that listen on the port: more than one means that servers share it. */
  readonly listeners: number;
  /** Processes of the service that are stopped (SIGSTOP, or a debugger). */
  readonly stoppedPids: readonly number[];
}

/** Consecutive outcomes of one kind. */
export interface Streak {
  readonly successes: number;
  readonly failures: number;
}

export const noStreak: Streak = { successes: 0, failures: 0 };

export const initialHealth = (probe: ProbeSpec | undefined): Health =>
  probe === undefined ? { kind: 'none' } : { kind: 'unknown', streak: noStreak };

/** Whether failures count already: they do not while a service that was never ready is inside its start period. */
export type Counting = 'all' | 'successesOnly';

/** Adds one outcome. Both thresholds are honoured: one success does not heal, one failure does not harm, unless so configured. */
export function judge(health: Health, outcome: ProbeOutcome, probe: ProbeSpec, counting: Counting): Health {
  if (health.kind === 'none') return health;
  return outcome.ok ? succeed(health, outcome, probe) : fail(health, outcome, probe, counting);
}

type Probed = Exclude<Health, { kind: 'none' }>;

function succeed(health: Probed, outcome: ProbeOutcome & { ok: true }, probe: ProbeSpec): Health {
  const streak: Streak = { successes: health.streak.successes + 1, failures: 0 };
  if (health.kind === 'healthy') return { ...health, streak, last: outcome };
  if (streak.successes >= probe.successThreshold) return { kind: 'healthy', since: outcome.at, streak, last: outcome };
  // An unhealthy service shows its last failure until it is healthy again.
  return health.kind === 'unhealthy' ? { ...health, streak } : { ...health, streak, last: outcome };
}

/** How long (ms) a reload may take before its refusals count; a shorter start period counts for reloads as well. */
const longestReload = 30_000;

function fail(health: Probed, outcome: ProbeOutcome & { ok: false }, probe: ProbeSpec, counting: Counting): Health {
  if (health.kind === 'reloading') {
    const overdue = outcome.at - health.since >= Math.min(longestReload, probe.startPeriod);
    return overdue
      ? { kind: 'unhealthy', since: outcome.at, streak: { successes: 0, failures: 1 }, last: outcome }
      : { ...health, streak: noStreak, last: outcome };
  }
  const failures = counting === 'all' ? health.streak.failures + 1 : 0;
  const streak: Streak = { successes: 0, failures };
  if (health.kind === 'unhealthy') return stillUnhealthy({ ...health, streak }, outcome);
  if (isUnconfirmed(health, probe) && outcome.failure.kind === 'reset')
    return { kind: 'unknown', streak: noStreak, last: outcome };
  if (failures >= probe.failureThreshold) return { kind: 'unhealthy', since: outcome.at, streak, last: outcome };
  return { ...health, streak, last: outcome };
}

function stillUnhealthy(health: Extract<Health, { kind: 'unhealthy' }>, outcome: ProbeOutcome & { ok: false }): Health {
  const before = health.last.failure.kind;
  // A dead worker explains every later failure, but a server that answers is not dead.
  if (before === 'workerDead' && !isAnswer(outcome)) return health;
  const { kind, since, streak } = health;
  // What was seen while it hung explains no other failure.
  return before === outcome.failure.kind ? { ...health, last: outcome } : { kind, since, streak, last: outcome };
}

/** A reload has begun: what is refused from now on is no alarm. */
export const reloading = (health: Health, at: number): Health =>
  health.kind === 'none' ? health : { kind: 'reloading', since: at, streak: noStreak };

/** Time jumped: a reload gets its time again, and failures from before count no more. What is unhealthy stays so until it answers. */
export function afterJump(health: Health, at: number): Health {
  if (health.kind === 'none' || health.kind === 'unhealthy') return health;
  if (health.kind !== 'reloading') return { ...health, streak: { ...health.streak, failures: 0 } };
  // The last outcome is from before, and would make the reload look longer.
  return { kind: 'reloading', since: at, streak: noStreak };
}

/** The output says that the worker under a reloader is dead, whatever the reloader's socket does. */
export const workerDead = (health: Health, line: string, at: number): Health => ({
  kind: 'unhealthy',
  since: health.kind === 'unhealthy' ? health.since : at,
  streak: { successes: 0, failures: 1 },
  last: { ok: false, at, failure: { kind: 'workerDead', line } },
});

const answers: ReadonlySet<ProbeFailure['kind']> = new Set([
  'slow',
  'httpsExpected',
  'httpExpected',
  'notHttp',
  'badStatus',
  'badBody',
]);

/** Whether a server answered, as expected or not. */
export const isAnswer = (outcome: ProbeOutcome): boolean => outcome.ok || answers.has(outcome.failure.kind);

/** The container is not there yet, or the engine has not judged it: its image may be pulled for minutes. */
export const isPreparing = (outcome: ProbeOutcome): boolean =>
  !outcome.ok &&
  (outcome.failure.kind === 'containerStarting' ||
    (outcome.failure.kind === 'container' && (outcome.failure.state === 'missing' || outcome.failure.state === 'created')));

/** A port that was open once, for a moment: a proxy may have opened it before its server is there. */
export const isUnconfirmed = (health: Health, { target }: ProbeSpec): boolean =>
  target.kind === 'tcp' && health.kind === 'healthy' && health.last.at === health.since;
