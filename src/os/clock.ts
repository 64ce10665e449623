/** The real clock. */
import type { Clock } from '../app/ports';

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, call) {
    // Node wakes up twice for a part of a millisecond: once before it has passed, and again a millisecond later.
    const timer = setTimeout(call, Math.ceil(ms));
    return { dispose: () => clearTimeout(timer) };
  },
};
