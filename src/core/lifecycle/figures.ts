/** What changes with every probe of a service that is well, and says nothing new of it. */
import type { Health } from '../model/health';
import type { ServiceState } from './state';

/** Whether only figures differ: when and how fast a healthy service responded last, and how often. */
export function onlyFiguresDiffer(before: ServiceState, now: ServiceState): boolean {
  const [was, is] = [before.lifecycle, now.lifecycle];
  if (!('health' in was && 'health' in is)) return false;
  return isSameBut(before, now, 'lifecycle') && isSameBut(was, is, 'health') && isAsWell(was.health, is.health);
}

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

/** Compares one level, without copies: this runs with every probe. */
function isSameBut<T extends object>(before: T, now: T, ...others: readonly (keyof T)[]): boolean {
  for (const key in now) if (!others.includes(key) && now[key] !== before[key]) return false;
  for (const key in before) if (!(key in now)) return false;
  return true;
}
