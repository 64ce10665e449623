/** Joins items to one phrase, as the display language writes lists: `a, b, and c`. */
import { displayLanguage } from './l10n';

export function listOf(items: readonly string[], word: 'and' | 'or'): string {
  return new Intl.ListFormat(displayLanguage(), { type: word === 'and' ? 'conjunction' : 'disjunction' }).format(items);
}
