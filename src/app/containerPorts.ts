/** The engine of containers, as far as the application needs it. */
import type { Container } from '../core/model/container';
import type { Reading } from '../core/model/process';
import type { ServiceSpec } from '../core/model/service';
import type { Disposable } from './ports';

/** Asks the engine about the containers of services with `compose`, and nothing about others. Nothing here throws. */
export interface Containers {
  /** The container of the service now; known and undefined when there is none. */
  look(spec: ServiceSpec): Promise<Reading<Container | undefined>>;
  /** The host at which its published ports are reached, when its engine runs on another machine; an IPv6 address within brackets. */
  engineHost(spec: ServiceSpec): Promise<string | undefined>;
  /** Stops its container, which is killed after the grace period. Settles when that is done or refused, with what is to be logged. */
  stop(spec: ServiceSpec): Promise<string>;
  /** Kills its container at once; settles as `stop`. */
  kill(spec: ServiceSpec): Promise<string>;
  /** Calls, within moments, whenever the engine reports a change of such a container, until it is disposed of. */
  watch(spec: ServiceSpec, changed: () => void): Disposable;
}
