/** Whether time passed as it should: a machine that slept, or a clock that was set, is no reason to judge a service. */
import type { Clock } from './ports';

/** What busy machines and corrections of the clock stay below. */
const tolerableGapMs = 5000;

/** On both clocks, in ms. */
export interface Moment {
  readonly now: number;
  readonly elapsed: number;
}

export const momentOf = (clock: Clock): Moment => ({ now: clock.now(), elapsed: clock.elapsed() });

/**
 * Whether much more time has passed since then than `expected` (ms), or the clock moved against the time that passed. While a machine
 * sleeps, some systems stop both and some only the latter.
 */
export function hasJumped(clock: Clock, since: Moment, expected: number): boolean {
  const passed = clock.elapsed() - since.elapsed;
  const drift = clock.now() - since.now - passed;
  return passed - expected > tolerableGapMs || Math.abs(drift) > tolerableGapMs;
}
