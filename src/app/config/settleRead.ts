/** Combines how each services.json was read with the earlier ones: a file that cannot be read now keeps its last content. */

/** The result of reading one file. */
export type ReadOutcome<File> =
  | { readonly kind: 'read'; readonly file: File }
  /** There is no such file. */
  | { readonly kind: 'absent' }
  /** It may exist, but could not be read: it is locked, or its machine does not respond. */
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
