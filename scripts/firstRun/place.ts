/** Where a first run takes place. */
export interface Place {
  /** Holds all that this run makes, and is removed at its end. */
  readonly scratch: string;
  /** The copy of the sample that is opened. */
  readonly workspace: string;
  /** Is aborted when the user asks to end. */
  readonly interrupt: AbortSignal;
}
