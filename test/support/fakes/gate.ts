/** A place where a fake waits until the test lets it go on. */
export class Gate {
  #open: Promise<void> = Promise.resolve();
  #letGo: () => void = () => undefined;
  #waiting = 0;

  /** How many are held at this moment. */
  get waiting(): number {
    return this.#waiting;
  }

  close(): void {
    this.#open = new Promise((resolve) => (this.#letGo = resolve));
  }

  open(): void {
    this.#letGo();
  }

  /** Lets pass whatever comes from now on, and keeps holding what is held; returns what lets that go on. */
  replace(): () => void {
    this.#open = Promise.resolve();
    return this.#letGo;
  }

  async pass(): Promise<void> {
    this.#waiting += 1;
    await this.#open;
    this.#waiting -= 1;
  }
}
