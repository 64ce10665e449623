/** Who carries out a request: the supervisor of this window, or that of another window of the same folder. */
import type { ServiceIdentity } from '../core/model/identity';
import type { ServiceSpec } from '../core/model/service';
import type { StartedBy } from '../core/lifecycle/state';
import type { PortRequest } from './run/launching';

export interface Authority {
  /** True when another window carries it out, or when no window may: then this supervisor does nothing. */
  takes(spec: ServiceSpec | undefined, request: 'start' | 'stop' | 'restart' | 'freePort' | 'monitor', by: StartedBy): boolean;
  /** Settles when everything that was taken has had its first effect, or is known to have none. */
  delivered(): Promise<void>;
  /** Stops a service that is not in this window to free a port; false when no window that supervises it is reached. */
  stopElsewhere(service: ServiceIdentity, request: PortRequest): Promise<boolean>;
}

/** No other window is there. */
export const alone: Authority = {
  takes: () => false,
  delivered: () => Promise.resolve(),
  stopElsewhere: () => Promise.resolve(false),
};
