/** Long synchronous work in short pieces, so that the extension host keeps reacting. */

export interface Pacer {
  /** Gives the event loop a turn when this piece of work has used up its time. */
  pause(): Promise<void> | undefined;
}

/** `budget` in ms. Reading /proc synchronously is three times faster than with promises, but must not block for long. */
export function createPacer(budget = 4): Pacer {
  let started = performance.now();
  return {
    pause() {
      if (performance.now() - started < budget) return undefined;
      return new Promise((resolve) => {
        setImmediate(() => {
          started = performance.now();
          resolve();
        });
      });
    },
  };
}
