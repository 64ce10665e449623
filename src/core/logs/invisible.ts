/** Characters that are not seen, or change the order of others: a service could hide with them what a line says. */

/** Controls of the direction of text, zero-width characters, and what is left of control characters. */
const hidden = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** The same text with names such as `U+202E` in their place. */
export const visibleText = (text: string): string =>
  text.replace(hidden, (character) =>
    character === '\t' ? character : `\u2039U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}\u203a`,
  );
