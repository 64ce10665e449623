/** What the application needs from the world. Adapters in os/ and host/ implement these; fakes in tests do too. */
import type { RequestedBy } from '../core/model/actor';
import type { LaunchFailure } from '../core/model/failure';
import type { TerminalUse } from '../core/output/outputPoller';
import type { Listener, PortOwner, ProcessIdentity, ProcessRow, Reading } from '../core/model/process';
import type { ServiceIdentity } from '../core/model/identity';
import type { ServiceSpec, SetupStep, StopSignal } from '../core/model/service';
import type { Made } from '../core/lifecycle/setupNeed';

export type { Ledger, LedgerEntry } from './ledger';
export type { Checker, CheckQuestion, Prober, ProbeRequest } from './probePorts';

/** Looks at processes. All readings are of this moment. */
export interface ProcessTable {
  /** Everything that runs. */
  list(): Promise<Reading<readonly ProcessRow[]>>;
  /** The identity of a pid, or undefined when no such process is alive (a zombie is not). */
  identify(pid: number): Promise<Reading<ProcessIdentity | undefined>>;
  /** Cheap and synchronous (microseconds): false only when this very process is surely gone. */
  isAlive(process: ProcessIdentity): boolean;
  /** The folder a process works in. */
  cwd(pid: number): Promise<Reading<string>>;
}

/** Looks at TCP ports. */
export interface PortTable {
  /** Every listener on the port, on all addresses and families, with all pids. */
  listeners(port: number): Promise<Reading<readonly Listener[]>>;
  /** Ports on which any of these processes listens. */
  portsOf(pids: ReadonlySet<number>): Promise<Reading<readonly Listener[]>>;
  /** Number of connections by state (ESTABLISHED, CLOSE_WAIT, …) whose local port this is. */
  connectionStates(port: number): Promise<Reading<ReadonlyMap<string, number>>>;
  /** Open connections of other processes on this machine to the port, by pid. */
  clients(port: number): Promise<Reading<ReadonlyMap<number, number>>>;
  /** Whether a server could listen here now; bound and released at once. */
  canBind(port: number): Promise<BindOutcome>;
}

/** Looks whether a port is free, and which processes hold it. */
export interface PortOwners {
  /** `asker` is the service that wants the port: only what its own earlier runs left is left over to it. */
  look(port: number, asker?: ServiceIdentity): Promise<PortLook>;
}

export type PortLook =
  | { readonly kind: 'free' }
  /** Nothing is listening, and yet it cannot be bound: a server that has just ended may still have it. */
  | { readonly kind: 'closing' }
  /** Without owners when they cannot be seen from here. */
  | { readonly kind: 'taken'; readonly owners: readonly PortOwner[] }
  | { readonly kind: 'forbidden'; readonly why: string };

export type BindOutcome =
  { kind: 'free' } | { kind: 'inUse' } | { kind: 'forbidden'; why: string } | { kind: 'unavailable'; why: string };

/** A running service as far as the system knows it: its leader and whatever descends from it. */
export interface TreeRoot {
  readonly process: ProcessIdentity;
  /** Value of the SERVICE_LIFECYCLE_RUN variable that all its processes inherit. */
  readonly marker: string;
  /** The port that must be free when it is gone. */
  readonly port?: number;
}

/** Follows and ends whole process trees. */
export interface ProcessTrees {
  /**
   * Calls `gone`, once, when the process is gone: noticed within 25 ms in its first seconds and after a sign of an end, else within
   * 250 ms, or within a second when something else gives signs of its end (`hasSigns`).
   */
  watchExit(process: ProcessIdentity, gone: () => void, hasSigns?: boolean): ExitWatch;
  /** Starts to remember the members of the tree, so that nothing born from it can be lost later. */
  open(root: TreeRoot): ProcessTree;
}

export interface ExitWatch extends Disposable {
  /** There is a sign that the process ends: a look is taken at once, and often for the next seconds. */
  suspect(): void;
}

export interface ProcessTree extends Disposable {
  /** All living members now (leader, descendants, group, session, marker, remembered). */
  members(): Promise<Reading<readonly ProcessRow[]>>;
  /** Members as of the latest look, without a look. */
  known(): readonly ProcessIdentity[];
  /** Processes are about to come or go, as in a reload: they are looked for soon, and often for a while. */
  expectChange(): void;
  /** Sends the signal as a terminal would: to the foreground group and the leader's group. `impossible` where there are no signals. */
  interrupt(signal: StopSignal): Promise<'asked' | 'impossible'>;
  /** Settles when every member is gone, with what became of the port within 2 s after that; rejects only when aborted. */
  gone(signal: AbortSignal): Promise<Departure>;
  /** Ends every member, however it resists; returns which were killed and which are left. */
  kill(): Promise<KillOutcome>;
}

/** The port after the last process left. */
export interface Departure {
  readonly portFree: boolean;
  /** The listeners at that moment; empty when the port is free or the listeners cannot be seen. */
  readonly holders: readonly Listener[];
}

export interface KillOutcome {
  readonly killed: readonly number[];
  /** Members that could not be ended, with the reason in `why`. */
  readonly left: readonly number[];
  readonly why?: string;
}

/** What will be executed, after variables, env files and look-ups. */
export interface Launch {
  readonly command: string | readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Resolves and checks everything a start needs; nothing is executed. */
export interface Preflight {
  prepare(spec: ServiceSpec): Promise<LaunchPreparation>;
}

export type LaunchPreparation = { ok: true; launch: Launch } | { ok: false; failure: LaunchFailure };

/** The same for a setup step; env files that are not there yet are left out, because a step may be what makes them. */
export interface StepPreflight {
  prepareStep(spec: ServiceSpec, step: SetupStep): Promise<StepPreparation>;
}

export type StepPreparation =
  { readonly ok: true; readonly step: PreparedStep } | { readonly ok: false; readonly failure: LaunchFailure };

/** A setup step as it will be executed: with the environment and in the folder of its service. */
export interface PreparedStep {
  readonly name: string;
  readonly launch: Launch;
  /** Whole path of what the step makes. */
  readonly unless?: string;
}

/** When files changed. */
export interface StepFiles {
  look(unless: string): Promise<Made>;
}

/** Remembers across windows what became of setup steps. Synchronous: a note has to be there before the window may go. */
export interface StepNotes {
  /** `key` is the same for the same command in the same folder, or into the same one. */
  read(key: string): StepNote | undefined;
  write(key: string, note: StepNote): void;
}

export type StepNote =
  /** Not known to have succeeded: it runs, failed, or its end was not seen. `marker` is what its processes inherited, `host` who runs it. */
  | { readonly kind: 'begun'; readonly marker: string; readonly process?: ProcessIdentity; readonly host?: ProcessIdentity }
  /** `at` in ms since the epoch */
  | { readonly kind: 'done'; readonly at: number };

/** Terminals of setup steps, one for each key. */
export interface StepTerminals {
  /** Settles when the step has a process; `end` settles when the terminal reports its end, and may never do so. */
  launch(
    request: StepLaunch,
  ): Promise<
    | { ok: true; process: ProcessIdentity; end: Promise<StepEnd>; lines: () => Promise<readonly string[]> }
    | { ok: false; failure: LaunchFailure }
  >;
  /** Brings it to the front; false when there is none. */
  show(key: string, focus: 'keepFocus' | 'takeFocus'): boolean;
}

export interface StepLaunch {
  readonly key: string;
  /** The service that it runs for. */
  readonly spec: ServiceSpec;
  readonly step: PreparedStep;
  /** Value of the variable by which its processes are found. */
  readonly marker: string;
  /** An automatic start must not save the user's editors. */
  readonly by: RequestedBy;
  /** Whether the terminal of a success stays, to be read. */
  readonly whenDone: 'close' | 'keep';
}

/** How a step ended, as its terminal reports it. */
export type StepEnd =
  | { readonly kind: 'exited'; readonly exitCode: number | undefined }
  /** A person closed the terminal. */
  | { readonly kind: 'closed' };

/** Dedicated terminals. One run is one task execution. */
export interface Terminals {
  /** `output`: what the process writes cannot be read, as in the first run in a terminal on Windows with VS Code before 1.106. */
  launch(
    request: LaunchRequest,
  ): Promise<{ ok: true; process: ProcessIdentity; output?: 'unread' } | { ok: false; failure: LaunchFailure }>;
  /** Finds the terminal of a run of before this window; reports `found` or `lost` to the listener. */
  attach(service: ServiceSpec, run: string, process: ProcessIdentity): void;
  /**
   * Types Ctrl and this key into the terminal: C is the only graceful stop on Windows, Q lets output go on that Ctrl+S holds. False when
   * there is no terminal.
   */
  typeControl(run: string, key: 'C' | 'Q'): boolean;
  /** Types a letter and Enter, the answer to a question of the shell. False when there is no terminal. */
  typeAnswer(run: string, letter: string): boolean;
  /** Since when (ms since the epoch) a process waits in vain to write to the terminal; known and undefined when none does. */
  blockedSince(run: string): Reading<number | undefined>;
  /** Brings it to the front; false when there is none. */
  show(serviceId: string, focus: 'keepFocus' | 'takeFocus'): boolean;
  /** Everybody who listens hears of every run, and knows which are his own. */
  listen(listener: TerminalListener): Disposable;
}

/** `pid` is the leader of the terminal's session. */
export interface TerminalTap {
  /** Makes the editor deliver the output of the terminal that it holds, and report it (again); false where there is no way, as on Windows. */
  renew(pid: number): Promise<boolean>;
  /** How the terminal is written to; undefined where the system does not show it. */
  look(pid: number): SeenTerminal | undefined;
}

export interface SeenTerminal extends TerminalUse {
  readonly device: string;
}

/** What terminals report, each time naming the run. */
export interface TerminalListener {
  /** The task is over. `typedInto`: the user typed into its terminal. */
  ended(run: string, exitCode: number | undefined, typedInto: boolean): void;
  /** A person closed the terminal. */
  closed(run: string): void;
  found(run: string): void;
  lost(run: string): void;
  /** Raw output, with terminal codes, cut anywhere. */
  wrote(run: string, chunk: string): void;
}

export interface LaunchRequest {
  readonly spec: ServiceSpec;
  readonly run: string;
  readonly launch: Launch;
  /** An automatic start must not save the user's editors. */
  readonly by: RequestedBy;
}

/** Reads one workspace folder, and nothing outside it. Paths are relative to it with "/" between names; "" is the folder itself. */
export interface FolderReader {
  /** Where its commands will run: it decides between `.venv/bin/python` and `.venv\\Scripts\\python.exe`. */
  readonly system: 'windows' | 'posix';
  /** Its absolute path, when it is on this machine: then a thread of its own can search it. */
  readonly root?: string;
  /** What is in a folder, in no order; nothing when it cannot be read. A link to a folder is left out, so that no walk is endless. */
  list(folder: string): Promise<readonly FolderEntry[]>;
  /** Undefined when it cannot be read or is longer than `limit` bytes. */
  readText(file: string, limit: number): Promise<string | undefined>;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

export interface Clock {
  /** ms since the epoch; may be set back or forth. */
  now(): number;
  /** ms since some moment; never goes back. For waits and deadlines. */
  elapsed(): number;
  /** Calls once after `ms`. */
  after(ms: number, call: () => void): Disposable;
}

/** Whether the user looks at the services. */
export interface Attention {
  /** What the interval of a service that has been healthy for long is multiplied by now; 1 while its window has the focus. */
  probeFactor(): number;
  /** Calls whenever a window gets the focus. */
  onReturn(listener: () => void): Disposable;
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface Disposable {
  dispose(): void;
}
