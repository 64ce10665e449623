/** Waits for what a test expects, by asking again and again. */

/**
 * Gives back the first value that is neither undefined nor false, asking `every` so many ms. Rejects after `timeout` ms with `what` and the
 * last error.
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  timeout = 15_000,
  every = 50,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = Date.now() + timeout;
  let lastError: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer as NonNullable<Exclude<T, false>>;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${timeout / 1000} s in vain for ${what}`, { cause: lastError });
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
