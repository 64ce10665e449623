/** Everything the supervisor reaches the outside by. */
import type { ServiceSpec } from '../core/service';
import type { Clock, Ledger, Log, Preflight, Prober, ProcessTable, ProcessTrees, Terminals } from './ports';

export interface World {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly preflight: Preflight;
  readonly prober: Prober;
  readonly processes: ProcessTable;
  readonly terminals: Terminals;
  readonly trees: ProcessTrees;
  /** Unique on this machine for all time: it marks the environment of every process of the run. */
  newRun(): string;
  /** Shows the service's terminal if the person wants it shown at such a moment. */
  reveal(serviceId: string, when: 'started' | 'failed'): void;
  /** The folder a service works in, without looking whether it exists. */
  folderOf(spec: ServiceSpec): string;
  /** Runs the `stopCommand` in the service's folder; settles when it ended, at the latest after the grace period. */
  runStopCommand(spec: ServiceSpec, command: string): Promise<void>;
  /** Windows has no signals: only Ctrl+C typed into the terminal stops gracefully. */
  readonly stopsByTyping: boolean;
}
