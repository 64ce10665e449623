/**
 * Makes a string safe to show as a message. In notifications, progress titles and the messages of input boxes VS Code turns
 * `[label](command:…)`, `[label](https:…)` and `[label](file:…)` into links, and the first of them runs a command on a click
 * (`parseLinkedText`, seen in 1.105.1 and 1.139.1). What a program prints or a file contains must stay text.
 */

/** Invisible (ZERO WIDTH SPACE); it keeps the bracket and the parenthesis apart, which is all that makes a link. */
const separator = '\u200b';

/** Longer messages are cut: VS Code lays out every character of a notification. */
const maxMessageCharacters = 2000;

/** The same text on screen, without links, control characters and characters that change the direction of text. */
export function plainMessage(text: string): string {
  const visible = text.slice(0, maxMessageCharacters).replace(invisible, ' ');
  const shown = text.length > maxMessageCharacters ? `${visible}…` : visible;
  return shown.replaceAll('](', `]${separator}(`);
}

/**
 * Control characters except line feed and tab; directional overrides and isolates, which would let text pose as other text
 * (Unicode Technical Report 36); and surrogates cut in half.
 */
const invisible = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;
