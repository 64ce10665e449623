/** What watching needs from the world. */
import type { Disposable } from '../ports';

/** Reports files that were created, changed or deleted below a folder; whole paths. */
export interface FileEvents {
  watch(root: string, changed: (path: string) => void): Disposable;
}

/** What git and the file system know of files. Paths are whole. */
export interface ChangedFiles {
  /** Those of the files that git ignores; none where there is no git, no repository, or no answer within 5 s. */
  ignored(folder: string, files: readonly string[]): Promise<ReadonlySet<string>>;
  /** Whether git is changing files of the repository that holds the folder, such as while it switches to another branch. */
  isBusy(folder: string): Promise<boolean>;
  /** When the file was changed last, in ms since the epoch; undefined when it is gone. */
  changedAt(file: string): Promise<number | undefined>;
}
