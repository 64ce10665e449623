/** Loads the bundle for containers when the first service with `compose` is looked at. */
import type { Containers } from '../app/containerPorts';
import type { Clock, Disposable, Preflight } from '../app/ports';
import type { DockerContainers } from '../os/compose/containers';
import type { ComposeLocator } from '../os/compose/program';
import type { FindCompose } from '../os/launch/preflight';

/** What the bundle exports. */
export interface ContainersModule {
  readonly DockerContainers: typeof DockerContainers;
  readonly ComposeLocator: typeof ComposeLocator;
}

/** What the bundle needs beside itself. */
export interface ContainersWorld {
  readonly preflight: Preflight;
  readonly clock: Clock;
}

/** Finds Compose, and asks the engine for the containers of services, once it is loaded. */
export class ContainersBundle {
  #loaded: Promise<ContainersModule> | undefined;
  #locator: Promise<ComposeLocator> | undefined;

  /** `load` is called at most once. */
  constructor(private readonly load: () => Promise<ContainersModule>) {}

  readonly findCompose: FindCompose = async (surroundings) => (await this.#oneLocator()).find(surroundings);

  /** The containers of services, as the engine reports them. */
  containers(world: ContainersWorld): Containers & Disposable {
    return new LazyContainers(async () => {
      const [{ DockerContainers: Asked }, locator] = await Promise.all([this.#bundle(), this.#oneLocator()]);
      return new Asked({ ...world, locator });
    });
  }

  #bundle(): Promise<ContainersModule> {
    return (this.#loaded ??= this.load());
  }

  #oneLocator(): Promise<ComposeLocator> {
    return (this.#locator ??= this.#bundle().then(({ ComposeLocator: Locator }) => new Locator()));
  }
}

type Loaded = Containers & Disposable;

class LazyContainers implements Containers, Disposable {
  #loaded: Promise<Loaded> | undefined;

  constructor(private readonly load: () => Promise<Loaded>) {}

  look: Containers['look'] = async (spec) => (await this.#containers()).look(spec);
  engineHost: Containers['engineHost'] = async (spec) => (await this.#containers()).engineHost(spec);
  stop: Containers['stop'] = async (spec) => (await this.#containers()).stop(spec);
  kill: Containers['kill'] = async (spec) => (await this.#containers()).kill(spec);

  watch: Containers['watch'] = (spec, changed) => {
    let isOver = false;
    let subscription: Disposable | undefined;
    void this.#containers().then((containers) => {
      if (!isOver) subscription = containers.watch(spec, changed);
    });
    return {
      dispose: () => {
        isOver = true;
        subscription?.dispose();
      },
    };
  };

  dispose(): void {
    void this.#loaded?.then((containers) => containers.dispose());
  }

  #containers(): Promise<Loaded> {
    return (this.#loaded ??= this.load());
  }
}
