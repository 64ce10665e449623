/** Prints every text that users can see, one per line with its place: `npm run texts`. */
import { uiTexts } from '../test/support/texts';

void uiTexts().then((texts) => {
  for (const { text, place } of texts) console.log(`${place}: ${JSON.stringify(text)}`);
});
