/** What the system shows of the processes and ports of one service, for the rows below it. */
import type { MeasuredProcess } from './usage';

/** What a look at the system found of a service. */
export interface RowLook {
  readonly processes: readonly MeasuredProcess[];
  readonly ports: readonly LookedPort[];
}

export interface LookedPort {
  readonly port: number;
  /** As the system prints them. */
  readonly addresses: readonly string[];
  /** Which processes listen on it: those of the service, for clients or for a debugger, none, or others, as far as they can be seen. */
  readonly holder: 'own' | 'debugger' | 'none' | { readonly processes: readonly { readonly pid: number; readonly command: string }[] };
}
