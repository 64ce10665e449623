/** Titles of the buttons of messages. VS Code puts them beside each other and cuts what does not fit. */
import { shortened } from './text';

/** In code points: three of them fit into a notification, which is 450 px wide. */
export const maxButtonLength = 18;

/** At most `maxButtonLength` long: made by `button` only. */
export type ButtonTitle = string & { readonly [brand]: true };
declare const brand: unique symbol;

/** Returns the first title that is short enough. The last one has no parts, so that its length is known in every language. */
export function button(...titles: readonly [...string[], string]): ButtonTitle {
  for (const title of titles) if (isShort(title)) return title;
  const cut = shortened(titles.at(-1) ?? '', maxButtonLength);
  if (isShort(cut)) return cut;
  throw new Error(`No title for a button: ${titles.join(', ')}`);
}

const isShort = (title: string): title is ButtonTitle => Array.from(title).length <= maxButtonLength;
