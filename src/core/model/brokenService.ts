/** A service that is written down with a mistake. */
export interface BrokenService {
  readonly id: string;
  readonly key: string;
  readonly folder: string;
  readonly folderName: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
}
