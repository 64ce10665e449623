/** One item of the completion list, as data. */
import type { Cursor } from '../config/find';
import type { TextRange } from '../config/problem';

export interface Completion {
  readonly label: string;
  /** Shown next to the label. */
  readonly detail?: string;
  readonly kind: 'service' | 'group' | 'launch' | 'folder' | 'file' | 'script' | 'variable' | 'snippet';
  readonly range: TextRange;
  readonly insert: string;
  /** A snippet has tab stops in `insert`. */
  readonly form: 'text' | 'snippet';
  /** VS Code compares it with the text of the range up to the cursor. */
  readonly filter: string;
}

/** Completes a whole string in place of what is being typed. */
export function stringCompletion(cursor: Cursor, value: string, more: Pick<Completion, 'kind' | 'detail'>): Completion {
  const written = JSON.stringify(value);
  return {
    ...more,
    label: value,
    range: cursor.range,
    insert: written + commaAfter(cursor),
    form: 'text',
    filter: cursor.isQuoted ? written : value,
  };
}

/** Returns the comma that is needed before what follows on the same level. */
export const commaAfter = ({ next }: Cursor): string => (next === '' || ',}]:'.includes(next) ? '' : ',');

/** Escapes text so that a snippet inserts it literally. */
export const literal = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
