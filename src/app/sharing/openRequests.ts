/** Requests that wait for the window that carries them out; each is settled once, at the latest when no window took it in time. */
import type { StartedBy } from '../../core/lifecycle/state';
import { Lifetime } from '../lifetime';
import type { Clock, Disposable } from '../ports';
import type { Ask } from './messages';

export interface Request {
  readonly key: string;
  readonly ask: Ask;
  readonly by: StartedBy;
}

/** How long a request waits. */
const requestMs = 10_000;

export class OpenRequests implements Disposable {
  /** With what settles each. */
  readonly #open = new Map<Request, () => void>();

  constructor(
    private readonly clock: Clock,
    private readonly tooLate: (request: Request) => void,
  ) {}

  /** Settles when the request was taken, or cannot be. */
  add(request: Request): Promise<void> {
    return new Promise((resolve) => {
      const lifetime = new Lifetime();
      this.#open.set(request, () => {
        this.#open.delete(request);
        lifetime.dispose();
        resolve();
      });
      lifetime.add(
        this.clock.after(requestMs, () => {
          this.taken(request);
          this.tooLate(request);
        }),
      );
    });
  }

  /** In the order in which they were made. */
  all(): readonly Request[] {
    return [...this.#open.keys()];
  }

  taken(request: Request): void {
    this.#open.get(request)?.();
  }

  dispose(): void {
    for (const settle of [...this.#open.values()]) settle();
  }
}
