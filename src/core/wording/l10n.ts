/** Texts in the display language. A text without a translation stays in English. */

/** As in a file `bundle.l10n.<language>.json`: English text to translation. */
export type Translations = Readonly<Record<string, string | { readonly message: string }>>;

let translations: Translations = {};
let language = 'en';

/** Call it before any text is made. `undefined` means English, whatever `displayed` (a language tag such as `pt-br`) is. */
export function useTranslations(bundle: Translations | undefined, displayed = 'en'): void {
  translations = bundle ?? {};
  language = bundle === undefined ? 'en' : displayed;
}

/** Returns the language tag of the texts: English when VS Code is displayed in a language without a translation. */
export const displayLanguage = (): string => language;

/** Write `message` as a literal, so that a tool can find it; `{0}` stands for the first of the `parts`. */
export function t(message: string, ...parts: readonly (string | number)[]): string {
  const translated = translations[message] ?? message;
  const text = typeof translated === 'string' ? translated : translated.message;
  return parts.length === 0 ? text : text.replace(/\{(\d+)\}/g, (hole, index: string) => String(parts[Number(index)] ?? hole));
}
