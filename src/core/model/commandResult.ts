/** What became of a one-off command of a service. */
export interface CommandResult {
  /** When it ended (ms since the epoch). */
  readonly at: number;
  readonly end: CommandEnd;
}

/** A one-off command as far as it is known: it runs, or how it ended the last time. */
export interface CommandState {
  readonly isRunning: boolean;
  readonly last?: CommandResult;
}

/** The one-off commands that ran since the window was opened, by their name in services.json. */
export type CommandStates = Readonly<Record<string, CommandState>>;

/** Returns the command that ended last; undefined when none has. */
export function lastCommand(states: CommandStates = {}): (CommandResult & { readonly name: string }) | undefined {
  const ended = Object.entries(states).flatMap(([name, { last }]) => (last === undefined ? [] : [{ name, ...last }]));
  return ended.reduce<(typeof ended)[number] | undefined>(
    (latest, each) => ((latest?.at ?? 0) > each.at ? latest : each),
    undefined,
  );
}

export type CommandEnd =
  | { readonly kind: 'succeeded' }
  /** `cause` is the verdict of a diagnosis, or the line that says why. */
  | { readonly kind: 'failed'; readonly exitCode: number | undefined; readonly cause?: string }
  /** It did not run; `cause` says why. */
  | { readonly kind: 'refused'; readonly cause: string }
  /** Its terminal was closed, or who asked for it went away. */
  | { readonly kind: 'cancelled' };
