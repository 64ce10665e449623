/**
 * The API of the extension Service Lifecycle (service-lifecycle.service-lifecycle), version 1.
 * Copy this file into your extension. How to use it: docs/api.md in the repository of Service Lifecycle.
 */
import type { Event, Uri } from 'vscode';

/** What `vscode.extensions.getExtension<ServiceLifecycleApi>('service-lifecycle.service-lifecycle')?.activate()` returns. */
export interface ServiceLifecycleApi {
  readonly version: 1;

  /** All services of the workspace, in the order of their files. */
  services(): readonly ServiceSnapshot[];

  /** Resolves when the service is ready, or when it is known why it is not. Rejects only for an unknown id. */
  start(id: string): Promise<ServiceSnapshot>;

  /** Resolves when every process has ended and the port was checked, or when it is known why not. Rejects only for an unknown id. */
  stop(id: string): Promise<ServiceSnapshot>;

  /** Stops and starts a service; starts it if it was stopped. Rejects only for an unknown id. */
  restart(id: string): Promise<ServiceSnapshot>;

  /** Why a service is not healthy, the verdict first; empty when no problems were found. Rejects only for an unknown id. */
  diagnose(id: string): Promise<readonly Finding[]>;

  /** Runs the health check (first in the result) and the checks. Starts nothing. Rejects only for an unknown id. */
  runChecks(id: string): Promise<readonly CheckResult[]>;

  /** The servers that a folder, or every folder of the workspace, contains. Writes nothing and runs nothing. */
  discover(folder?: Uri): Promise<readonly ProposedService[]>;

  /**
   * The output of a service: the last `tail` lines (default 100), after the cursor `since`, with the text or /expression/ `search`.
   * Rejects for an unknown id, a cursor that is none, and an expression that is invalid or takes too long.
   */
  logs(id: string, options?: LogOptions): Promise<LogPage>;

  /** What has happened since the window was opened, or after the cursor `since`, oldest first. */
  events(options?: EventOptions): readonly ServiceEvent[];

  /** Fires with each line that a service writes. */
  readonly onDidLog: Event<LogEntry>;

  /** Fires with the new snapshot of each service that changed. */
  readonly onDidChange: Event<ServiceSnapshot>;
}

export type Role = 'backend' | 'frontend' | 'database' | 'worker' | 'other';

export type Lifecycle =
  'stopped' | 'queued' | 'starting' | 'running' | 'stopping' | 'backingOff' | 'exited' | 'failed' | 'external';

export type Health = 'none' | 'unknown' | 'healthy' | 'unhealthy' | 'reloading';

export interface ServiceSnapshot {
  /** The name in services.json; `<folder>/<name>` in a multi-root workspace. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The groups that it belongs to, as configured. */
  readonly groups: readonly string[];
  readonly lifecycle: Lifecycle;
  readonly health: Health;
  /** One sentence, unless the service is healthy or stopped as requested. */
  readonly reason?: string;
  /** The same in at most 32 characters, the cause first; absent when the state needs no explanation. */
  readonly cause?: string;
  /** What the latest diagnosis found first; absent when it is well, and until there was one. */
  readonly verdict?: { readonly code: string; readonly title: string; readonly short: string };
  readonly pid?: number;
  readonly port?: number;
  readonly url?: string;
  /** In ms since the epoch. */
  readonly startedAt?: number;
  /** Who requested the present run; absent when nothing runs, or when it is not known. */
  readonly startedBy?: Actor;
  /** Percent of one core that its processes used in the last 15 s; absent where nothing runs, and until it was read twice. */
  readonly cpu?: number;
  /** Resident memory of its processes, in bytes; absent where nothing runs, and until it was read. */
  readonly memory?: number;
  readonly exitCode?: number;
  /** Automatic restarts. */
  readonly restarts: number;
  readonly lastProbe?: {
    /** In ms since the epoch. */
    readonly at: number;
    readonly ok: boolean;
    /** The HTTP status code. */
    readonly status?: number;
    readonly latencyMs?: number;
    readonly error?: string;
  };
}

/** `auto`: an automatic start, or a restart by policy. `cli`: the command `svc`. */
export interface Actor {
  readonly kind: 'user' | 'auto' | 'agent' | 'cli';
  /** The program as far as it is known: "Copilot", "claude", the parent of `svc`. */
  readonly who?: string;
}

export interface LogOptions {
  readonly tail?: number;
  readonly since?: string;
  readonly search?: string;
}

export interface EventOptions {
  readonly since?: string;
}

/** One line of output, without terminal codes. */
export interface LogEntry {
  /** In ms since the epoch. */
  readonly at: number;
  /** Id of the service. */
  readonly service: string;
  /** Names the attempt to run the service that wrote it. */
  readonly run: string;
  readonly text: string;
}

export interface LogPage {
  /** Oldest first. */
  readonly lines: readonly LogEntry[];
  /** For the next call: what comes after this page. */
  readonly cursor: string;
  /** Lines after the cursor that are not kept any more. */
  readonly dropped: number;
}

/** What happened to a service, and who requested it. */
export interface ServiceEvent {
  /** In ms since the epoch. */
  readonly at: number;
  /** Id of the service. */
  readonly service: string;
  readonly what: 'started' | 'ready' | 'unhealthy' | 'recovered' | 'failed' | 'stopped' | 'restarted' | 'reloaded' | 'exited';
  readonly by?: Actor;
  readonly reason?: string;
  /** A code of docs/diagnostic-codes.md. */
  readonly verdict?: string;
  readonly cursor: string;
}

export interface Finding {
  /** One of the codes in docs/diagnostic-codes.md. Later versions may add codes; existing ones do not change. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** The cause in at most 32 characters, for a list or a status bar. */
  readonly short: string;
  /** The cause, in one sentence. */
  readonly title: string;
  /** An explanation, and what to do next. */
  readonly detail: string;
  readonly evidence: readonly string[];
  /** The most helpful action first. */
  readonly actions: readonly FindingAction[];
}

/** A command that `vscode.commands.executeCommand` can run. */
export interface FindingAction {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  /** The HTTP status code. */
  readonly status?: number;
  readonly latencyMs?: number;
  /** One sentence, when the check failed. */
  readonly message?: string;
}

export interface ProposedService {
  /** A name for the service in services.json. */
  readonly id: string;
  readonly config: ServiceConfig;
  /** What the server was recognized by, with file and line. */
  readonly evidence: readonly string[];
  /** Another way to run the same service. */
  readonly alternative?: Alternative;
}

/** What runs from source may run in a container as well, and the other way round. */
export interface Alternative {
  readonly config: ServiceConfig;
  readonly evidence: readonly string[];
  readonly runsIn: 'container' | 'source';
}

/** One entry of services.json; docs/configuration.md describes its keys. */
export interface ServiceConfig {
  /** Either this or `compose`. */
  command?: string | string[];
  /** A service of a Compose file. */
  compose?: string | ComposeConfig;
  role?: Role;
  groups?: string[];
  cwd?: string;
  env?: Record<string, string>;
  envFile?: string | string[];
  /** "auto", or the lowest and the highest port of a range: the first free one. */
  port?: number | 'auto' | number[];
  url?: string;
  health?: string | HealthConfig;
  readyLine?: string;
  checks?: CheckConfig[];
  dependsOn?:
    | string[]
    | Record<
        string,
        | 'started'
        | 'healthy'
        | 'completed'
        | {
            condition?: 'started' | 'healthy' | 'completed';
            /** Restart this service whenever a change of files restarts the other one. */
            restart?: boolean;
          }
      >;
  setup?: SetupStepConfig[];
  commands?: Record<string, string>;
  /** Name of the launch configuration that Debug starts. */
  debug?: string;
  /** Files whose change restarts the service: patterns relative to its folder. */
  watch?: string[] | { paths: string[]; ignore?: string[]; debounce?: number | string };
  restart?: 'no' | 'on-failure' | 'always';
  maxRestarts?: number;
  backoff?: BackoffConfig;
  restartUnhealthyAfter?: Duration;
  stopSignal?: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT' | 'SIGKILL';
  stopGracePeriod?: Duration;
  stopCommand?: string;
  onPortConflict?: 'ask' | 'stop' | 'adopt' | 'fail';
  autoStart?: boolean;
}

/** A number of seconds, or a string such as "500ms" or "1m30s". */
export type Duration = number | string;

/** Exactly one of `http`, `tcp` and `exec`. */
export interface HealthConfig {
  http?: string;
  tcp?: number;
  exec?: string;
  status?: number | number[];
  json?: unknown;
  headers?: Record<string, string>;
  interval?: Duration;
  timeout?: Duration;
  startPeriod?: Duration;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface CheckConfig {
  name?: string;
  http: string;
  status?: number | number[];
  json?: unknown;
  contains?: string;
  maxLatency?: Duration;
}

export interface ComposeConfig {
  service: string;
  files?: string[];
  profiles?: string[];
  project?: string;
  build?: boolean;
}

export interface SetupStepConfig {
  name?: string;
  command: string;
  unless?: string;
}

export interface BackoffConfig {
  initial?: Duration;
  max?: Duration;
  resetAfter?: Duration;
}
