/** Moments that timers of different services share: the host wakes up once for all of them. */

/** From one shared moment to the next, on the monotonic clock, in ms. */
export const gridMs = 250;
/** Shorter delays are kept as they are: a start is noticed within milliseconds. */
export const minDelayMs = 1000;

/** ms from `elapsed`, on the monotonic clock, to the next shared moment, or to the next of those that are `every` ms apart; never 0. */
export const untilGrid = (elapsed: number, every = gridMs): number => every - (elapsed % every);

/** Returns the delay (ms) to the shared moment that is nearest to `delay` from `elapsed`. */
export const toGrid = (delay: number, elapsed: number): number => Math.round((elapsed + delay) / gridMs) * gridMs - elapsed;

/** The same, but a short delay as it is. */
export const onGrid = (delay: number, elapsed: number): number => (delay < minDelayMs ? delay : toGrid(delay, elapsed));
