/** When and how a service is probed next. */
import { isUnconfirmed } from './health';
import type { Health, ProbeOutcome } from './health';
import type { ProbeSpec } from './service';

/**
 * How a probe is made. `hold`: a TCP connection is held for long, to see whether it stays open. `runOn`: a request that outlives the
 * timeout is not given up yet, to measure a slow answer; each request that is given up is work that a slow server still does.
 */
export type ProbeManner = 'hold' | 'runOn';

/** How long (ms) a request may run that is not given up at its timeout. What hangs is asked again after this time. */
const runOnMs = 5000;

/** How long (ms) a probe may take. */
export const probeLimit = ({ timeout }: ProbeSpec, manner: ProbeManner | undefined): number =>
  manner === 'runOn' ? Math.max(timeout, runOnMs) : timeout;

export interface NextProbe {
  /** In ms, from the end of the last probe. */
  readonly delay: number;
  readonly manner?: ProbeManner;
  /** It has been healthy for so long that it may be asked less often while nobody looks. */
  readonly isSteady?: true;
}

/** How long (ms) a service is healthy before it is steady. */
const steadyMs = 60_000;

/** Shortest pause between two probes while a service starts and its port is closed. */
const minPauseMs = 10;
/** Shortest time from one probe to the next as soon as something accepts connections: each one is work, and a line in a log. */
const minPauseOnceOpenMs = 400;
/** Shortest pause between two commands of `health.exec`, or two looks at a container: each is a process, on Windows a shell with a virus scanner. */
const minProcessPauseMs = 1000;
/** A service that is down or of unknown health is probed at least this often, so that a change shows immediately. */
const maxPauseWhileDownMs = 1000;
/** Pause before the look whether a port that was open for the first time has a server behind it. */
const confirmationDelayMs = 250;

/**
 * Returns when and how to probe next. While a service starts (for `waited` ms so far) or reloads, the pause grows with the time waited:
 * what took 2 s is noticed within 20 ms, what took a minute within 600 ms, never later than a second or the interval. From the first
 * connection on it is asked at most 2.5 times a second, and a command is run, or a container looked at, at most once a second.
 */
export function nextProbe(health: Health, probe: ProbeSpec, waited: number | undefined): NextProbe {
  const manner = mannerOf(health, probe);
  const delay = nextProbeDelay(health, probe, waited);
  return { delay, ...(manner && { manner }), ...(isSteady(health) && { isSteady: true as const }) };
}

/** While it is healthy, a container is looked at in case an event of its engine was lost. */
const containerPaceMs = 15_000;

const isSteady = (health: Health): boolean =>
  health.kind === 'healthy' && health.last.ok && health.last.at - health.since >= steadyMs;

function nextProbeDelay(health: Health, probe: ProbeSpec, waited: number | undefined): number {
  const last = health.kind === 'none' ? undefined : health.last;
  const passing = health.kind === 'reloading' && last !== undefined ? last.at - health.since : waited;
  if (passing !== undefined) {
    const pause = Math.min(probe.interval, maxPauseWhileDownMs, Math.max(shortestPause(last), passing / 100));
    return isProcess(probe) ? minProcessPauseMs : pause;
  }
  if (isUnconfirmed(health, probe)) return Math.min(probe.interval, confirmationDelayMs);
  const isDown = health.kind === 'unhealthy' || health.kind === 'unknown';
  const interval = probe.target.kind === 'container' ? Math.max(probe.interval, containerPaceMs) : probe.interval;
  const pace = isDown ? Math.min(probe.interval, maxPauseWhileDownMs) : interval;
  // From the beginning of one probe to that of the next, as `periodSeconds` counts in Kubernetes: one that waited for its
  // whole timeout does not put off the next.
  return Math.min(pace, Math.max(minPauseMs, pace - (last?.latencyMs ?? 0)));
}

/** A closed port costs its owner nothing; what accepts a connection has work with it. */
function shortestPause(last: ProbeOutcome | undefined): number {
  if (last === undefined || isRefused(last)) return minPauseMs;
  return Math.max(minPauseMs, minPauseOnceOpenMs - (last.latencyMs ?? 0));
}

const isRefused = (outcome: ProbeOutcome): boolean => !outcome.ok && outcome.failure.kind === 'refused';

/** Whether each probe starts a process. */
export const isProcess = ({ target }: Pick<ProbeSpec, 'target'>): boolean =>
  target.kind === 'exec' || target.kind === 'container';

/** While a service starts, an open port is worth most when it is noticed at once: the long look comes after it. */
function mannerOf(health: Health, { target }: ProbeSpec): ProbeManner | undefined {
  if (isProcess({ target }) || health.kind === 'none' || health.last === undefined) return undefined;
  const { kind, last } = health;
  const isLate = !last.ok && (last.failure.kind === 'noAnswer' || last.failure.kind === 'slow');
  if (isLate && kind !== 'healthy') return 'runOn';
  const mayOpenNow = kind !== 'healthy' && kind !== 'unhealthy' && isRefused(last);
  return target.kind === 'tcp' && !mayOpenNow ? 'hold' : undefined;
}

const defaultProbeFactor = 3;
const maxProbeFactor = 60;

/** Returns a usable value for `serviceLifecycle.unfocusedProbeFactor`, which the user may set to anything. */
export const probeFactorOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(maxProbeFactor, Math.max(1, value)) : defaultProbeFactor;
