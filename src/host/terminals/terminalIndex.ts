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

  ofService(service: string): E | undefined {
    return this.#byService.get(service);
  }

  ofRun(run: string): E | undefined {
    return this.#byRun.get(run);
  }

  ofTerminal(terminal: T): E | undefined {
    return this.#byTerminal.get(terminal);
  }

  all(): readonly E[] {
    return [...this.#byService.values()];
  }

  /** Takes the place of the entry of the service before. A terminal that is used again belongs to the latest. */
  set(entry: E): void {
    this.delete(entry.service);
    this.#byService.set(entry.service, entry);
    this.#byRun.set(entry.run, entry);
    if (entry.terminal !== undefined) this.#byTerminal.set(entry.terminal, entry);
  }

  delete(service: string): void {
    const before = this.#byService.get(service);
    if (before === undefined) return;
    this.#byService.delete(service);
    if (this.#byRun.get(before.run) === before) this.#byRun.delete(before.run);
    if (before.terminal !== undefined && this.#byTerminal.get(before.terminal) === before)
      this.#byTerminal.delete(before.terminal);
  }
}
