/** Text from outside on one line: commands and output may be as long as they like. */

/** One line of at most `limit` characters: commands and output may be as long as they like. */
export function short(text: string, limit = 120): string {
  const line = oneLine(text);
  // By code points, so that no emoji is cut in two.
  const characters = Array.from(line);
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}

export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
