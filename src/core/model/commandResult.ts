/** What became of a one-off command of a service. */
export interface CommandResult {
  /** As services.json names it. */
  readonly name: string;
  /** When it ended (ms since the epoch). */
  readonly at: number;
  readonly end: CommandEnd;
}

export type CommandEnd =
  | { readonly kind: 'succeeded' }
  /** `cause` is the verdict of a diagnosis, or the line that says why. */
  | { readonly kind: 'failed'; readonly exitCode: number | undefined; readonly cause?: string }
  /** It did not run; `cause` says why. */
  | { readonly kind: 'refused'; readonly cause: string }
  /** Its terminal was closed, or who asked for it went away. */
  | { readonly kind: 'cancelled' };
