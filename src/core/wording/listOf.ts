import { displayLanguage } from './l10n';

/** Lists the items as the display language does, such as `a, b, and c`. Returns an empty string for no items. */
export function listOf(items: readonly string[], word: 'and' | 'or'): string {
  return new Intl.ListFormat(displayLanguage(), { type: word === 'and' ? 'conjunction' : 'disjunction' }).format(items);
}
