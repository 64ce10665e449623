/** Loads the deferred bundle on first use. */
import type { Around, Deferred } from './deferred';

/**
 * The view and the API use the bundle, and the bundle uses them. So this is created first and connected to them afterwards;
 * `load` waits for the connection.
 */
export class DeferredBundle {
  readonly connect: (around: Around) => void;
  readonly #around: Promise<Around>;
  #loaded: Promise<Deferred> | undefined;

  /** `complete` loads the bundle. It is called at most once. */
  constructor(private readonly complete: (around: Around) => Promise<Deferred>) {
    let connect: (around: Around) => void = () => undefined;
    this.#around = new Promise((resolve) => (connect = resolve));
    this.connect = connect;
  }

  load(): Promise<Deferred> {
    return (this.#loaded ??= this.#around.then(this.complete));
  }
}
