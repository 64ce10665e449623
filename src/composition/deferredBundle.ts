/** Loads the deferred bundle on first use. */
import type { ViewContext, Deferred } from './deferred';

/**
 * The view and the API use the bundle, and the bundle uses them. So this is created first and connected to them afterwards;
 * `load` waits for the connection.
 */
export class DeferredBundle {
  readonly connect: (viewContext: ViewContext) => void;
  readonly #viewContext: Promise<ViewContext>;
  #loaded: Promise<Deferred> | undefined;

  /** `complete` loads the bundle. It is called at most once. */
  constructor(private readonly complete: (viewContext: ViewContext) => Promise<Deferred>) {
    let connect: (viewContext: ViewContext) => void = () => undefined;
    this.#viewContext = new Promise((resolve) => (connect = resolve));
    this.connect = connect;
  }

  load(): Promise<Deferred> {
    return (this.#loaded ??= this.#viewContext.then(this.complete));
  }
}
