/** What changes with every probe of a service that is well, or that does not respond yet, and says nothing new of it. */
import type { Health } from '../model/health';
import type { ServiceState } from './state';

/**
 * Whether only figures differ: when and how fast a healthy service responded last, and how often; or when the probe of one that
 * has not responded yet failed last.
 */
export function onlyFiguresDiffer(before: ServiceState, now: ServiceState): boolean {
  const [was, is] = [before.lifecycle, now.lifecycle];
  if (!('health' in was && 'health' in is)) return false;
  return isSameBut(before, now, 'lifecycle') && isSameBut(was, is, 'health') && isNothingNew(was.health, is.health);
}

const isNothingNew = (was: Health, is: Health): boolean => isAsWell(was, is) || isAwaited(was, is);

/** Both are healthy, since the same time, by the same kind of response. */
function isAsWell(was: Health, is: Health): boolean {
  if (was.kind !== 'healthy' || is.kind !== 'healthy') return false;
  return (
    was.since === is.since &&
    was.streak.failures === is.streak.failures &&
    was.last.ok &&
    is.last.ok &&
    isSameBut(was.last, is.last, 'at', 'latencyMs')
  );
}

/** Neither has responded yet, and the probe has failed in the same way: while a service starts, that is seen every few ms. */
function isAwaited(was: Health, is: Health): boolean {
  if (was.kind !== 'unknown' || is.kind !== 'unknown') return false;
  const [before, now] = [was.last, is.last];
  if (before === undefined || now === undefined || before.ok || now.ok) return false;
  return (
    isSameBut(was.streak, is.streak) &&
    isSameBut(before, now, 'at', 'latencyMs', 'failure') &&
    isSameBut(before.failure, now.failure)
  );
}

/** Compares one level, without copies: this runs with every probe. */
function isSameBut<T extends object>(before: T, now: T, ...others: readonly (keyof T)[]): boolean {
  for (const key in now) if (!others.includes(key) && now[key] !== before[key]) return false;
  for (const key in before) if (!(key in now)) return false;
  return true;
}
