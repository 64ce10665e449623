/** What a diagnosis needs of the world. */
import type { HostFacts } from '../../core/diagnosis/facts';
import type { Reading } from '../../core/model/process';
import type { ServiceStore } from '../store';
import type { World } from '../world';

/** Reads files anywhere, by absolute path; nothing is written, nothing is run. */
export interface Files {
  /** Undefined when it is no file, cannot be read, or is longer than `limit` bytes. */
  readText(path: string, limit: number): Promise<string | undefined>;
  /** When a file or folder was changed, ms since the epoch; undefined when there is none. */
  changedAt(path: string): Promise<number | undefined>;
  /** Names in a folder, in no order. */
  list(folder: string): Promise<Reading<readonly string[]>>;
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
  /** Names of the variables that every terminal gets from VS Code's own environment. */
  readonly inherited: ReadonlySet<string>;
  /** The last lines of the latest run, oldest first. */
  output(id: string): readonly string[];
  /** Since when (ms since the epoch) a run waits in vain to write to its terminal. */
  blockedSince(run: string): Reading<number | undefined>;
}
