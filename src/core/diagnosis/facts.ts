/** Everything that a diagnosis knows of one service. A fact that could not be had says so, and no rule guesses it. */
import type { ProbeOutcome } from '../model/health';
import type { Listener, PortOwner, ProcessRow, Reading } from '../model/process';
import type { ServiceSpec } from '../model/service';
import type { Service, ServiceState } from '../lifecycle/state';

export interface Facts {
  /** ms since the epoch */
  readonly at: number;
  readonly spec: ServiceSpec;
  readonly state: ServiceState;
  /** The folder that the service works in. */
  readonly cwd: string;
  readonly host: HostFacts;
  /** The last lines of the latest run, oldest first, without terminal codes. */
  readonly output: Reading<readonly string[]>;
  /** Since when (ms since the epoch) it waits in vain to write to its terminal; known and undefined when it does not wait. */
  readonly blockedSince: Reading<number | undefined>;
  /** Who listens on the service's port, and whether the system would let it listen. */
  readonly port: PortFacts;
  /** Living processes of the service's own tree, and what they listen on. */
  readonly members: Reading<readonly ProcessRow[]>;
  readonly ownListeners: Reading<readonly Listener[]>;
  /** Everything that runs on this machine. */
  readonly processes: Reading<readonly ProcessRow[]>;
  /** Connections of the service's port by state. */
  readonly connections: Reading<ReadonlyMap<string, number>>;
  readonly probes: ProbeFacts;
  readonly files: Reading<FileFacts>;
  /** Ports of this machine that files and output refer to. */
  readonly ports: ReadonlyMap<number, NamedPort>;
  /** The other services of the workspace. */
  readonly others: readonly Neighbour[];
  /** The repository of the service, and of those who hold its port, by pid. */
  readonly checkouts: Reading<Checkouts>;
  /** Python modules that the output misses, with the interpreters that have them. */
  readonly modulesElsewhere: Reading<ReadonlyMap<string, readonly string[]>>;
  /** Names of the variables that a service gets without anybody's doing, and from `env` and env files. */
  readonly environment: Reading<ReadonlySet<string>>;
}

export interface HostFacts {
  readonly platform: 'linux' | 'darwin' | 'windows';
  /** VS Code's window is on another machine. */
  readonly isRemote: boolean;
  readonly inContainer: boolean;
}

export interface PortFacts {
  readonly listeners: Reading<readonly Listener[]>;
  readonly owners: Reading<readonly PortOwner[]>;
  /** Why the system refuses the port although nobody listens; undefined when it does not. */
  readonly forbidden: Reading<string | undefined>;
}

export interface ProbeFacts {
  /** The service's own probe, with the longest wait (ms) it was given. */
  readonly own: Reading<{ readonly outcome: ProbeOutcome; readonly timeout: number }>;
  readonly addresses: readonly AddressProbe[];
}

export interface AddressProbe {
  readonly address: '127.0.0.1' | '::1';
  readonly scheme: 'http' | 'https';
  readonly outcome: Reading<ProbeOutcome>;
}

/** A port that somebody is expected on. */
export interface NamedPort {
  readonly isOpen: Reading<boolean>;
  readonly listeners: Reading<readonly Listener[]>;
}

export interface Neighbour extends Service {
  /** The folder that it works in. */
  readonly cwd: string;
}

/** Files that concern the service, by absolute path. */
export interface FileFacts {
  /** Small texts, whole; a file that is missing, too large or unreadable is not among them. */
  readonly texts: ReadonlyMap<string, string>;
  /** When files and folders that were looked at changed, ms since the epoch. What is absent does not exist. */
  readonly changed: ReadonlyMap<string, number>;
}

/** A working copy of a repository. */
export interface Checkout {
  readonly root: string;
  /** Shared by all worktrees of one clone. */
  readonly gitFolder?: string;
  /** URLs of its remotes. */
  readonly remotes: readonly string[];
  /** First line of its log of HEAD: equal in a folder that was copied whole. */
  readonly birth?: string;
  readonly branch?: string;
}

export interface Checkouts {
  readonly own: Checkout | undefined;
  readonly owners: ReadonlyMap<number, Checkout>;
}
