/** Texts for people in their language. Where there is no translation, the English text is its own. */

/** As in a file `bundle.l10n.<language>.json`: English text to translation. */
export type Translations = Readonly<Record<string, string | { readonly message: string }>>;

let translations: Translations = {};

/** To be called before any text is made; undefined for English. */
export function useTranslations(bundle: Translations | undefined): void {
  translations = bundle ?? {};
}

/** `message` is a literal, so that it can be found by its text; `{0}` stands for the first of the `parts`. */
export function t(message: string, ...parts: readonly (string | number)[]): string {
  const translated = translations[message] ?? message;
  const text = typeof translated === 'string' ? translated : translated.message;
  return parts.length === 0 ? text : text.replace(/\{(\d+)\}/g, (hole, index: string) => String(parts[Number(index)] ?? hole));
}
