/** One entry of the completion list, as data. */
import type { Cursor } from '../config/find';
import type { TextRange } from '../config/problem';

export interface Candidate {
  readonly label: string;
  /** What stands beside it in the list. */
  readonly detail?: string;
  readonly kind: 'service' | 'folder' | 'file' | 'script' | 'variable' | 'snippet';
  readonly range: TextRange;
  readonly insert: string;
  /** Whether `insert` has tab stops. */
  readonly form: 'text' | 'snippet';
  /** What is compared with the text of the range as far as the cursor. */
  readonly filter: string;
}

/** A whole string in place of what is being written. */
export function stringCandidate(cursor: Cursor, value: string, more: Pick<Candidate, 'kind' | 'detail'>): Candidate {
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

/** What stands behind it on the same level needs a comma between. */
export const commaAfter = ({ next }: Cursor): string => (next === '' || ',}]:'.includes(next) ? '' : ',');

/** A text that stands in a snippet as it is. */
export const literal = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
