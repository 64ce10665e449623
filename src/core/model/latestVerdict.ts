/** What the latest diagnosis of a service found first, as far as rows and lists show it. */
export interface LatestVerdict {
  /** One of the codes of diagnosis. */
  readonly code: string;
  readonly title: string;
  /** The cause in at most 32 characters. */
  readonly short: string;
  /** The most helpful action; absent when there is none. */
  readonly fix?: VerdictFix;
}

/** `command` is a command id; its arguments are plain data. */
export interface VerdictFix {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
}
