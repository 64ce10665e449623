/** Whether time passed as it should: a machine that slept, or a clock that was set, is no reason to judge a service. */
import type { Clock } from './ports';

/** What busy machines and corrections of the clock stay below. */
const tolerableGapMs = 5000;

/**
 * Begins to measure. The function it returns answers, `expected` ms later, whether much more time passed than that, or whether
 * the clock moved against the time that passed. While a machine sleeps, some systems stop both and some only the latter.
 */
export function watchForJump(clock: Clock): (expected: number) => boolean {
  const began = { now: clock.now(), elapsed: clock.elapsed() };
  return (expected) => {
    const passed = clock.elapsed() - began.elapsed;
    const drift = clock.now() - began.now - passed;
    return passed - expected > tolerableGapMs || Math.abs(drift) > tolerableGapMs;
  };
}
