/** Everything that a diagnosis knows about one service. A reading that failed says so, and no rule guesses its value. */
import type { ProbeOutcome } from '../model/health';
import type { Listener, PortOwner, ProcessRow, Reading } from '../model/process';
import type { MovedAddress } from '../model/movedAddress';
import type { ServiceSpec } from '../model/service';
import type { Service, ServiceState } from '../lifecycle/state';
import type { SeenCommand } from './killCommands';
import type { TerminalProcess } from './terminalProcesses';
import type { LocalNames } from './packages/localNames';

export interface Facts {
  /** ms since the epoch */
  readonly at: number;
  readonly spec: ServiceSpec;
  readonly state: ServiceState;
  /** See `Service`. */
  readonly moved?: readonly MovedAddress[];
  /** Working directory of the service. */
  readonly cwd: string;
  readonly host: HostFacts;
  /** Last lines of the latest run, oldest first, without terminal codes. */
  readonly output: Reading<readonly string[]>;
  /** Commands that end processes, as they ran in terminals of this window; newest first. */
  readonly commands?: readonly SeenCommand[];
  /** What else runs in terminals of this window, where it was looked at: never processes of services. */
  readonly inTerminals?: Reading<readonly TerminalProcess[]>;
  /** How many processes the kernel has ended for lack of memory since the latest run began; undefined where it does not say so. */
  readonly memoryKills?: number;
  /** The pid that the latest run had, as far as it was seen. */
  readonly lastPid?: number;
  /** How many of these lines were written before the service was last found healthy; 0 when it never was. */
  readonly linesBeforeHealthy: number;
  /** Since when (ms since the epoch) its terminal has accepted no output while a process waits to write; undefined when none waits. */
  readonly blockedSince: Reading<number | undefined>;
  /** Which processes listen on the service's port, and whether the system allows the service to listen there. */
  readonly port: PortFacts;
  /** Living processes of the service's own tree, and their listeners. */
  readonly members: Reading<readonly ProcessRow[]>;
  readonly ownListeners: Reading<readonly Listener[]>;
  /** Ports of the service that responded as the inspector of Node does; asked only where nothing else shows what is listening there. */
  readonly inspectors?: ReadonlySet<number>;
  /** All processes of this machine. */
  readonly processes: Reading<readonly ProcessRow[]>;
  /** Number of connections of the service's port, by state. */
  readonly connections: Reading<ReadonlyMap<string, number>>;
  /** Open connections of other processes on this machine to the service's port, by pid. */
  readonly clients: Reading<ReadonlyMap<number, number>>;
  readonly probes: ProbeFacts;
  readonly files: Reading<FileFacts>;
  /** Ports other than the configured one on which earlier runs were seen listening. */
  readonly earlierPorts: ReadonlySet<number>;
  /** Ports of this machine that files and output refer to, by number. */
  readonly ports: ReadonlyMap<number, NamedPort>;
  /** Servers of repositories on the ports that its proxies use, where no service of this window runs there. */
  readonly proxied?: Reading<readonly ProxiedServer[]>;
  /** The other services of the workspace. */
  readonly others: readonly Neighbour[];
  /** The repository of the service, and those of the processes on its port, by pid. */
  readonly checkouts: Reading<Checkouts>;
  /** Python modules that the output reports as missing, with the interpreters that have them. */
  readonly modulesElsewhere: Reading<ReadonlyMap<string, readonly string[]>>;
  /** What the workspace has under the names that the output reports as missing, by module or package. */
  readonly localNames: Reading<LocalNames>;
  readonly python: Reading<PythonFacts>;
  /** Undefined when the project asks for no version, or when it is not certain which one runs. */
  readonly runtime?: Reading<RuntimeFacts | undefined>;
  /** Scripts that the command or the output names. */
  readonly scripts: Reading<readonly ScriptFacts[]>;
  /** The pid file because of which the server did not start; undefined when the output names none. */
  readonly pidFile: Reading<PidFileFacts | undefined>;
  /** The process that the output names as the server that runs already; undefined when it names none, or none has this pid. */
  readonly otherServer?: Reading<ProcessRow | undefined>;
  /** Names of the variables that the service gets: inherited, from `env` and from env files. */
  readonly environment: Reading<ReadonlySet<string>>;
}

/** What a service would run on. */
export type RuntimeProgram = 'node' | 'python';

/** The version that a task of the service runs, and the one that its project asks for. */
export interface RuntimeFacts {
  readonly program: RuntimeProgram;
  /** Such as "20.11.0". */
  readonly used: string;
  /** As the file has it: "20", ">=3.11". */
  readonly wanted: string;
  /** Absolute: the file that asks for it. */
  readonly file: string;
  readonly fits: boolean;
  /** A version that fits and is installed, with the folder of its program as PATH in services.json can have it. */
  readonly right?: { readonly version: string; readonly folder: string };
  /** The command of a version manager that installs a version that fits. */
  readonly install?: string;
}

export interface PythonFacts {
  /** Whether the system's Python refuses pip (PEP 668). */
  readonly isManaged: boolean;
  /** Interpreter of a virtual environment beside the code. */
  readonly environment?: string;
}

export interface ScriptFacts {
  /** Absolute. */
  readonly path: string;
  /** Whether its first line ends as on Windows. */
  readonly hasCarriageReturns: boolean;
  /** Undefined where the system has no such permission, or does not show it. */
  readonly isExecutable: boolean | undefined;
  /** As the first line names it (`#!`). */
  readonly interpreter?: string;
  readonly isInterpreterThere: boolean;
}

export interface PidFileFacts {
  /** Absolute. */
  readonly path: string;
  readonly pid: number;
  /** The process that has this pid now. */
  readonly process?: ProcessRow;
}

export interface HostFacts {
  readonly platform: 'linux' | 'darwin' | 'windows';
  /** Whether the window of VS Code runs on another machine. */
  readonly isRemote: boolean;
  readonly inContainer: boolean;
}

export interface PortFacts {
  readonly listeners: Reading<readonly Listener[]>;
  readonly owners: Reading<readonly PortOwner[]>;
  /** Why the system refuses the port although nothing is listening there; undefined when it does not. */
  readonly forbidden: Reading<string | undefined>;
}

export interface ProbeFacts {
  readonly own: Reading<OwnProbe>;
  readonly addresses: readonly AddressProbe[];
  /** A path that responds with 2xx, beside that of the health check; only where that one was not tried and seems wrong. */
  readonly respondingPath?: string;
}

/** The outcome of the service's own probe in this diagnosis, which lets the request run for longer than the health check does. */
export interface OwnProbe {
  readonly outcome: ProbeOutcome;
  /** In ms. */
  readonly timeout: number;
}

export interface AddressProbe {
  readonly address: '127.0.0.1' | '::1';
  readonly scheme: 'http' | 'https';
  readonly outcome: Reading<ProbeOutcome>;
}

/** A port on which files or output expect a server. */
export interface NamedPort {
  readonly isOpen: Reading<boolean>;
  readonly listeners: Reading<readonly Listener[]>;
}

export interface Neighbour extends Service {
  /** Working directory of that service. */
  readonly cwd: string;
}

/** Files that concern the service, by absolute path. */
export interface FileFacts {
  /** The folder of the service without symbolic links, where that is another path. */
  readonly realCwd?: string;
  /** Contents of small files. A file that is missing, too large or unreadable is left out. */
  readonly texts: ReadonlyMap<string, string>;
  /** Modification times of files and folders, in ms since the epoch. A path that does not exist is left out. */
  readonly changed: ReadonlyMap<string, number>;
}

/** A working copy of a Git repository. */
export interface Checkout {
  readonly root: string;
  /** Shared by all worktrees of one clone. */
  readonly gitFolder?: string;
  /** URLs of its remotes. */
  readonly remotes: readonly string[];
  /** First line of the HEAD log: equal in a folder that was copied as a whole. */
  readonly birth?: string;
  readonly branch?: string;
}

export interface ProxiedServer {
  readonly port: number;
  readonly owner: PortOwner;
  readonly checkout: Checkout;
  /** The repository of the service. */
  readonly own: Checkout;
}

export interface Checkouts {
  readonly own: Checkout | undefined;
  readonly owners: ReadonlyMap<number, Checkout>;
}
