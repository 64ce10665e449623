/** Everything the supervisor reaches the outside by. */
import type { ServiceSpec } from '../core/model/service';
import type { LogStore } from '../core/output/logStore';
import type { PortOwner } from '../core/model/process';
import type {
  Attention,
  Clock,
  Ledger,
  Log,
  PortOwners,
  PortTable,
  Preflight,
  Prober,
  ProcessTable,
  ProcessTrees,
  Terminals,
} from './ports';
import type { ProbeRounds } from './run/probeRounds';
import type { Containers } from './containerPorts';
import type { ChosenPorts } from './chosenPorts/chosenPorts';
import type { Debuggers } from './debug/ports';
import type { Consent } from './consent/consent';
import type { Steps } from './setup/steps';

export interface World {
  readonly attention: Attention;
  readonly chosenPorts: Pick<ChosenPorts, 'move' | 'refresh'>;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly log: Log;
  /** What the services write. */
  readonly logs: Pick<LogStore, 'append'>;
  readonly preflight: Preflight;
  readonly prober: Prober;
  readonly probeRounds: Pick<ProbeRounds, 'join'>;
  readonly processes: ProcessTable;
  readonly terminals: Terminals;
  readonly containers: Containers;
  /** Setup steps. */
  readonly steps: Pick<Steps, keyof Steps>;
  /** What the user agreed to run. */
  readonly consent: Pick<Consent, 'isAgreed' | 'record'>;
  readonly trees: ProcessTrees;
  readonly portOwners: PortOwners;
  readonly portTable: PortTable;
  /** 0 (included) to 1 (excluded). */
  chance(): number;
  /** Asks what to do about the owners of the port; undefined when the question was closed without an answer, so that it stays open. */
  askAboutPort(spec: ServiceSpec, owners: readonly PortOwner[]): Promise<'stop' | 'adopt' | 'cancel' | undefined>;
  /** The output names another port than the configuration: reports that to the user, with the choice to correct it. */
  offerPort(spec: ServiceSpec, port: number): void;
  readonly debuggers: Debuggers;
  /** Unique on this machine for all time: it marks the environment of every process of the run. */
  newRun(): string;
  /** Whether the user wants a terminal shown at such a moment. */
  shouldReveal(when: 'started' | 'failed'): boolean;
  /** The folder a service works in, without looking whether it exists. */
  folderOf(spec: ServiceSpec): string;
  /** Runs the `stopCommand` in the service's folder; settles when it ended, at the latest after the grace period, with what is to be logged. */
  runStopCommand(spec: ServiceSpec, command: string): Promise<string>;
  /** Windows has no signals: only Ctrl+C typed into the terminal stops gracefully. */
  readonly stopsByTyping: boolean;
}
