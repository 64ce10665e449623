/** Entries by service, by run and by terminal. An owner is looked up for every chunk of output, at a cost that does not grow with them. */
interface Indexed<T> {
  readonly service: string;
  readonly run: string;
  readonly terminal: T | undefined;
}

export class TerminalIndex<T, E extends Indexed<T>> {
  /** A service has one entry, that of its latest run. */
  readonly #byService = new Map<string, E>();
  readonly #byRun = new Map<string, E>();
  readonly #byTerminal = new Map<T, E>();
  /** By service, as the first. */
  readonly #withoutTerminal = new Map<string, E>();

  ofService(service: string): E | undefined {
    return this.#byService.get(service);
  }

  ofRun(run: string): E | undefined {
    return this.#byRun.get(run);
  }

  ofTerminal(terminal: T): E | undefined {
    return this.#byTerminal.get(terminal);
  }

  /** Those whose terminal is not found yet, or is closed. */
  withoutTerminal(): Iterable<E> {
    return this.#withoutTerminal.values();
  }

  all(): readonly E[] {
    return [...this.#byService.values()];
  }

  /** Takes the place of the entry of the service before. A terminal that is used again belongs to the latest. */
  set(entry: E): void {
    this.delete(entry.service);
    this.#byService.set(entry.service, entry);
    this.#byRun.set(entry.run, entry);
    if (entry.terminal === undefined) this.#withoutTerminal.set(entry.service, entry);
    else this.#byTerminal.set(entry.terminal, entry);
  }

  delete(service: string): void {
    const before = this.#byService.get(service);
    if (before === undefined) return;
    this.#byService.delete(service);
    this.#withoutTerminal.delete(service);
    if (this.#byRun.get(before.run) === before) this.#byRun.delete(before.run);
    if (before.terminal !== undefined && this.#byTerminal.get(before.terminal) === before)
      this.#byTerminal.delete(before.terminal);
  }
}
