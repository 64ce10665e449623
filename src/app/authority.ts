/** Who carries out a request: the supervisor of this window, or that of another window of the same folder. */
import type { ServiceSpec } from '../core/model/service';
import type { StartedBy } from '../core/lifecycle/state';

export interface Authority {
  /** True when another window carries it out, or when no window may: then this supervisor does nothing. */
  takes(spec: ServiceSpec | undefined, request: 'start' | 'stop' | 'restart', by: StartedBy): boolean;
  /** Settles when everything that was taken has had its first effect, or is known to have none. */
  delivered(): Promise<void>;
}

/** No other window is there. */
export const alone: Authority = { takes: () => false, delivered: () => Promise.resolve() };
