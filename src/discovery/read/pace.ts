/** Divides the work of a search into short turns of the event loop, and ends it when its budget is used up. */

/** So that the extension host keeps responding. A single step may take a little longer. */
const maxTurnMs = 20;
const budgetMs = 2000;

export class Pace {
  #turnStarted = performance.now();
  #workStarted = this.#turnStarted;
  #workedMs = 0;
  #isCut = false;

  /** Whether the budget ended before the work did. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Runs `act` on the items one after the other. When the budget is used up, returns the results that are complete. */
  async map<T, R>(items: readonly T[], act: (item: T) => R | Promise<R>): Promise<readonly R[]> {
    const results: R[] = [];
    for (const item of items) {
      if (!(await this.goesOn())) break;
      const result = await act(item);
      // It may lack what its own steps left out: a wrong port is worse than none.
      if (this.#isCut) break;
      results.push(result);
    }
    return results;
  }

  /** Gives the event loop a turn when one is due. Returns false when the budget is used up. */
  async goesOn(): Promise<boolean> {
    if (performance.now() - this.#turnStarted >= maxTurnMs) await this.#pause();
    if (this.#workedMs + performance.now() - this.#workStarted >= budgetMs) this.#isCut = true;
    return !this.#isCut;
  }

  /** Waits for files. That does not block the event loop, so it does not count: a slow disk must not hide services. */
  async waitFor<T>(reading: Promise<T>): Promise<T> {
    this.#count();
    try {
      return await reading;
    } finally {
      this.#workStarted = performance.now();
    }
  }

  async #pause(): Promise<void> {
    this.#count();
    await new Promise((resolve) => setImmediate(resolve));
    this.#turnStarted = performance.now();
    this.#workStarted = this.#turnStarted;
  }

  #count(): void {
    const now = performance.now();
    this.#workedMs += now - this.#workStarted;
    this.#workStarted = now;
  }
}
