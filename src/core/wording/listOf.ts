import { displayLanguage } from './l10n';

/** Joins items as the display language does: `a`, `a and b`, `a, b, or c`. Returns an empty string for no items. */
export const listOf = (items: readonly string[], kind: 'and' | 'or'): string =>
  new Intl.ListFormat(displayLanguage(), { type: kind === 'and' ? 'conjunction' : 'disjunction' }).format(items);
