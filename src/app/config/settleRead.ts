/** What is known of all services.json after they were read: a file that cannot be read at the moment is as it was. */

/** How one file was read. */
export type ReadOutcome<File> =
  | { readonly kind: 'read'; readonly file: File }
  /** There is no such file. */
  | { readonly kind: 'absent' }
  /** It may be there, and could not be read: it is locked, or its machine does not answer. */
  | { readonly kind: 'unreadable'; readonly folder: string };

export interface SettledRead<File> {
  readonly files: readonly File[];
  /** Folders whose file should be read again soon. */
  readonly unreadable: readonly string[];
}

export function settleRead<File extends { readonly folder: string }>(
  outcomes: readonly ReadOutcome<File>[],
  before: readonly File[],
): SettledRead<File> {
  const files = outcomes.flatMap((outcome) => {
    if (outcome.kind === 'absent') return [];
    return outcome.kind === 'read' ? [outcome.file] : before.filter(({ folder }) => folder === outcome.folder);
  });
  return { files, unreadable: outcomes.flatMap((outcome) => (outcome.kind === 'unreadable' ? [outcome.folder] : [])) };
}
