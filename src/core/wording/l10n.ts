/** Texts for people in their language. Where there is no translation, the English text is its own. */

/** As in a file `bundle.l10n.<language>.json`: English text to translation. */
export type Translations = Readonly<Record<string, string | { readonly message: string }>>;

let translations: Translations = {};
let language = 'en';

/** To be called before any text is made; undefined for English. `bundleLanguage` is a BCP 47 tag such as `de` or `pt-br`. */
export function useTranslations(bundle: Translations | undefined, bundleLanguage = 'en'): void {
  translations = bundle ?? {};
  // Without a bundle all texts are English, whatever VS Code's own language is.
  language = bundle === undefined ? 'en' : bundleLanguage;
}

/** The language of the texts, for `Intl`. */
export const displayLanguage = (): string => language;

/** `message` is a literal, so that it can be found by its text; `{0}` stands for the first of the `parts`. */
export function t(message: string, ...parts: readonly (string | number)[]): string {
  const translated = translations[message] ?? message;
  const text = typeof translated === 'string' ? translated : translated.message;
  return parts.length === 0 ? text : text.replace(/\{(\d+)\}/g, (hole, index: string) => String(parts[Number(index)] ?? hole));
}
