/** Texts for people in their language. Where there is no translation, the English text is its own. */

/** As in a file `bundle.l10n.<language>.json`: English text to translation. */
export type Translations = Readonly<Record<string, string | { readonly message: string }>>;

let translations: Translations = {};
let language = 'en';

/** Call it before any string is made. Without a bundle everything is English, whatever the display language of VS Code. */
export function useTranslations(bundle: Translations | undefined, bundleLanguage = 'en'): void {
  translations = bundle ?? {};
  language = bundle === undefined ? 'en' : bundleLanguage;
}

/** The language of the strings that `t` returns, as VS Code names it (`de`, `pt-br`). */
export const displayLanguage = (): string => language;

/** `message` is a literal, so that it can be found by its text; `{0}` stands for the first of the `parts`. */
export function t(message: string, ...parts: readonly (string | number)[]): string {
  const translated = translations[message] ?? message;
  const text = typeof translated === 'string' ? translated : translated.message;
  return parts.length === 0 ? text : text.replace(/\{(\d+)\}/g, (hole, index: string) => String(parts[Number(index)] ?? hole));
}
