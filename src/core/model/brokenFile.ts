/** A services.json that cannot be read as a whole. */
export interface BrokenFile {
  /** File-system path of the workspace folder. */
  readonly folder: string;
  readonly folderName: string;
  /** Where the first error is; both from 1. */
  readonly line: number;
  readonly column: number;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What the rows of the folder show: the last valid configuration, or what can be read when there was none. */
  readonly shows: 'lastValid' | 'readable';
}
