/** One of several processes of a service that has ended with an error while others go on, under a runner or a shell. */
export interface EndedPart {
  /** As the runner names it, or its command; absent when it is not known which one it was. */
  readonly name?: string;
  /** Absent when it is not known. */
  readonly exitCode?: number;
  /** What it wrote about the cause. */
  readonly detail?: string;
}
