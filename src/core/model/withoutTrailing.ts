/**
 * Returns the text without these characters at its end. An expression such as `/\r+$/` needs the square of the length for a long run
 * that is followed by something else: 5.5 s for 65,000 carriage returns and an `x`.
 */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
