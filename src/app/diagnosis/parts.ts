/** The dependencies of a diagnosis. */
import type { RunOutput } from '../../core/output/runOutput';
import type { HostFacts, RuntimeFacts } from '../../core/diagnosis/facts';
import type { Service } from '../../core/lifecycle/state';
import type { Reading } from '../../core/model/process';
import type { ServiceStore } from '../store';
import type { World } from '../world';
import type { SeenKills } from './seenKills';
import type { SeenPorts } from './seenPorts';
import type { ShellTerminal } from './terminalFacts';

/** Reads files by absolute path. Writes and runs nothing. */
export interface Files {
  /** Resolves with undefined when the path is no file, cannot be read, or is longer than `limit` bytes. */
  readText(path: string, limit: number): Promise<string | undefined>;
  /** Modification time of a file or folder, in ms since the epoch; undefined when it does not exist. */
  changedAt(path: string): Promise<number | undefined>;
  /** Whether this user may execute the file; undefined when it does not exist or the system has no such permission. */
  isExecutable(path: string): Promise<boolean | undefined>;
  /** The path without symbolic links, as the system shows it of a process; the path as it is when it cannot be followed. */
  realPath(path: string): Promise<string>;
  /** Names in a folder, in any order. */
  list(folder: string): Promise<Reading<readonly string[]>>;
}

export interface RuntimeRequest {
  readonly command: string | readonly string[];
  /** The folder of the service and those above it, up to the workspace folder; absolute. */
  readonly folders: readonly string[];
  /** What the service sets. */
  readonly env: Readonly<Record<string, string>>;
}

/** Finds which version of Node or Python a service would run, and which one its project asks for. */
export interface RuntimeReader {
  look(request: RuntimeRequest): Promise<RuntimeFacts | undefined>;
}

export type DiagnosisWorld = Pick<
  World,
  'clock' | 'folderOf' | 'portOwners' | 'portTable' | 'preflight' | 'prober' | 'processes' | 'trees'
>;

export interface DiagnosisParts {
  readonly world: DiagnosisWorld;
  readonly store: Pick<ServiceStore, 'services'>;
  readonly files: Files;
  readonly host: HostFacts;
  /** Absent where no program of the system may be asked for its version. */
  readonly runtimes?: RuntimeReader;
  /** Names of the variables that every terminal gets from VS Code's own environment. */
  readonly inherited: ReadonlySet<string>;
  /** Ports on which runs were seen listening. */
  readonly seenPorts: SeenPorts;
  /** What could have ended a service, where that is watched. */
  readonly seenKills?: Pick<SeenKills, 'commandsSince' | 'pidOf' | 'memoryKillsSince'>;
  /** The terminals of this window, where there are any. */
  terminals?(): Promise<readonly ShellTerminal[]>;
  /** What the latest run wrote last, whichever window has it. */
  output(service: Service): Promise<RunOutput>;
  /** Since when (ms since the epoch) the terminal of a run has accepted no output; undefined when it accepts output. */
  blockedSince(run: string): Reading<number | undefined>;
}
