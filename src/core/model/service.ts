/** What a service is: the words of services.json after reading, with every default filled in. */

export type Role = 'backend' | 'frontend' | 'database' | 'worker' | 'other';

/** Signals that may be named as `stopSignal`. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT' | 'SIGKILL';

export type DependencyCondition = 'started' | 'healthy' | 'completed';

/** One service, ready to be run. Paths and commands may still hold `${…}` variables; durations are in ms. */
export interface ServiceSpec {
  /** The key in a single-folder workspace, `<folder>/<key>` in a multi-root one. */
  readonly id: string;
  /** The key in services.json. */
  readonly key: string;
  /** File-system path of the workspace folder whose services.json names it. */
  readonly folder: string;
  /** Name of that workspace folder, for grouping. */
  readonly folderName: string;
  readonly role: Role;
  /** Each name once; without the "@" that marks a group among names of services. */
  readonly groups: readonly string[];
  /** A string runs in the user's task shell, an array runs as it stands. With `compose`, what starts its container. */
  readonly command: string | readonly string[];
  /** The service of a Compose file that runs in the place of a command. */
  readonly compose?: ComposeRef;
  /** Relative to the folder unless absolute; the folder itself when empty. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly envFiles: readonly string[];
  /** 1 to 65535. With `portChoice`, what was chosen; undefined while nothing is. */
  readonly port?: number;
  /** The port is one of these instead of a fixed number. */
  readonly portChoice?: PortChoice;
  /** Which ports of other services its texts hold, by id: what it is started with. */
  readonly usedPorts?: Readonly<Record<string, number>>;
  /** As the file says it, with variables in the place of chosen ports; undefined where no port is chosen. */
  readonly asWritten?: ServiceSpec;
  /** Of addresses of other services in its texts, such as `url:api`, what is no chosen port: it decides what runs. Of `asWritten` only. */
  readonly fixedAddresses?: Readonly<Record<string, string>>;
  /** The address that the file names for "Open"; without it, the root of the port is opened (`urlOf`). */
  readonly url?: string;
  /** Undefined when nothing can be probed: neither `health` nor `port` is given. */
  readonly probe?: ProbeSpec;
  readonly readyLine?: LinePattern;
  readonly checks: readonly CheckSpec[];
  readonly dependsOn: readonly Dependency[];
  readonly setup: readonly SetupStep[];
  /** One-off commands by name, run on demand. */
  readonly commands: Readonly<Record<string, string>>;
  /** Name of the launch configuration by which it is debugged; undefined: Node and Python are attached to. */
  readonly debug: string | undefined;
  /** Files whose change restarts it; undefined: none does. */
  readonly watch: WatchSpec | undefined;
  readonly restart: 'no' | 'on-failure' | 'always';
  /** 0 or more restarts within a window before giving up. */
  readonly maxRestarts: number;
  readonly backoff: Backoff;
  /** Restart after being unhealthy for this time (ms); undefined: never for that reason. */
  readonly restartUnhealthyAfter?: number;
  readonly stopSignal: StopSignal;
  /** In ms; 0 forces at once. */
  readonly stopGracePeriod: number;
  readonly stopCommand?: string;
  readonly onPortConflict: 'ask' | 'stop' | 'adopt' | 'fail';
  readonly autoStart: boolean;
}

/** From 1 to 65535, both included; `from` is not above `to`. */
export interface PortChoice {
  readonly from: number;
  readonly to: number;
}

/** A service of a Compose file. */
export interface ComposeRef {
  /** Its name there: letters, digits, ".", "_" and "-", the last not at the beginning. */
  readonly service: string;
  /** Relative to the folder of the service; empty: the file that Compose finds itself. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  /** Undefined: the project that Compose derives from the folder, or finds in the file or the environment. */
  readonly project?: string;
  /** Whether its image is built before each start. */
  readonly build: boolean;
}

export interface Dependency {
  /** Full id of the other service. */
  readonly id: string;
  readonly condition: DependencyCondition;
  /** It is restarted whenever the other one is, by a request or after a change of its files. */
  readonly restart?: true;
}

/** Patterns are relative to the folder of the service, with "/" between names; see `core/watch/pattern`. */
export interface WatchSpec {
  readonly paths: readonly string[];
  /** What they exclude from `paths`. */
  readonly ignore: readonly string[];
  /** ms without a further change before the restart. */
  readonly debounce: number;
}

export interface SetupStep {
  readonly name: string;
  readonly command: string;
  /** The step is not needed while this path exists and is not older than what it is made from; without it, it runs before every start. */
  readonly unless?: string;
}

/** Delays in ms. */
export interface Backoff {
  readonly initial: number;
  readonly max: number;
  readonly resetAfter: number;
}

/** A text that a line contains, or a regular expression it matches. */
export type LinePattern =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'regex'; readonly source: string; readonly flags: string };

export type ProbeTarget =
  | AskedTarget
  /** What the engine reports of the container. */
  | { readonly kind: 'container' };

/** What is asked of the service itself. */
export type AskedTarget =
  /** `address` is a path on the service's own port, or an http(s) URL. */
  | { readonly kind: 'http'; readonly address: string }
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'exec'; readonly command: string };

/** A probe in Kubernetes' words; durations in ms. */
export interface ProbeSpec {
  readonly target: ProbeTarget;
  /** Accepted HTTP status codes; 200 to 399 when undefined. */
  readonly status?: readonly number[];
  /** The reply must be JSON that contains this. */
  readonly json?: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly interval: number;
  readonly timeout: number;
  /** Failures count only after this, or after the first success. */
  readonly startPeriod: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

/** A probe that the service itself answers. */
export interface AskedProbe extends ProbeSpec {
  readonly target: AskedTarget;
}

/** Whether the service itself is asked; else the engine is. */
export const asksService = (probe: ProbeSpec): probe is AskedProbe => probe.target.kind !== 'container';

export interface CheckSpec {
  readonly name: string;
  readonly http: string;
  readonly status?: readonly number[];
  readonly json?: unknown;
  readonly contains?: string;
  /** Upper limit of the latency in ms. */
  readonly maxLatency?: number;
}

/** The command as the user reads it, with the port filled in. */
export function commandLine({ command, port }: Pick<ServiceSpec, 'command' | 'port'>): string {
  const line = typeof command === 'string' ? command : command.join(' ');
  return port === undefined ? line : line.replaceAll('${port}', String(port));
}
