/** Prints every text that users can see, one per line with its place: `npm run texts`. */
import { uiTexts } from '../test/support/texts';

export async function main(): Promise<number> {
  for (const { text, place } of await uiTexts()) console.log(`${place}: ${JSON.stringify(text)}`);
  return 0;
}
