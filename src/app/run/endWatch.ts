/** Sees the end of what a run follows: by looking, and at once when there is a sign of it. */
import type { ProcessIdentity } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import { Slot } from '../lifetime';
import type { Disposable, ExitWatch } from '../ports';
import type { World } from '../world';

interface EndWatchHost {
  readonly gone: () => void;
  /** The engine reported a change of the container. */
  readonly containerChanged: () => void;
}

export class EndWatch implements Disposable {
  readonly #events = new Slot();
  #exit: ExitWatch | undefined;
  /** What is looked at rarely, since events give signs of its end. */
  #signalled: ProcessIdentity | undefined;

  constructor(
    private readonly spec: ServiceSpec,
    private readonly world: Pick<World, 'trees' | 'containers'>,
    private readonly host: EndWatchHost,
  ) {}

  watch(process: ProcessIdentity): void {
    this.#look(process, false);
  }

  /** The end of a container is an event of its engine, soon after which what follows it ends. */
  follow(process: ProcessIdentity): void {
    const hasEvents = this.spec.compose !== undefined && this.spec.probe !== undefined;
    this.#look(process, hasEvents);
    if (!hasEvents) return;
    const changed = (): void => {
      this.suspect();
      this.host.containerChanged();
    };
    this.#events.set(this.world.containers.watch(this.spec, changed));
    this.#signalled = process;
  }

  /** Events are not waited for any more. */
  leaveContainer(): void {
    this.#events.dispose();
    if (this.#signalled !== undefined) this.#look(this.#signalled, false);
  }

  suspect(): void {
    this.#exit?.suspect();
  }

  dispose(): void {
    this.#events.dispose();
    this.#exit?.dispose();
  }

  #look(process: ProcessIdentity, hasSigns: boolean): void {
    this.#signalled = undefined;
    this.#exit?.dispose();
    this.#exit = this.world.trees.watchExit(process, this.host.gone, hasSigns);
  }
}
