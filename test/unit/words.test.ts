/** The texts in the interface use the words of the glossary (CONTRIBUTING.md), not the ones that it rules out. */
import assert from 'node:assert/strict';
import { uiTexts } from '../support/texts';
import type { UiText } from '../support/texts';

const ruledOut = [
  ...['told', 'tell', 'tells', 'mend', 'mends', 'cure', 'cures', 'anew', 'stranger', 'nobody', 'somebody', 'whom', 'shall'],
  ...['cease', 'by itself', 'by hand', 'call off', 'called off', 'the person', 'of it', 'so long', 'so many'],
];
const pattern = new RegExp(`\\b(?:${ruledOut.join('|')})\\b`, 'giu');

const ruledOutIn = (text: string): readonly string[] => [...text.matchAll(pattern)].map(([word]) => word.toLowerCase());

describe('words of the interface', () => {
  let texts: readonly UiText[];

  before(async () => {
    texts = await uiTexts();
  });

  it('are found in the source, in the manifest and in the schema', () => {
    for (const start of ['src/', 'package.nls.json: ', 'media/services.schema.json.']) {
      const count = texts.filter(({ place }) => place.startsWith(start)).length;
      assert.ok(count > 50, `only ${count} texts in ${start}`);
    }
  });

  it('include none that the glossary rules out', () => {
    const found = texts.flatMap(({ text, place }) => ruledOutIn(text).map((word) => `"${word}" in ${place}: ${text}`));
    assert.deepEqual(found, []);
  });

  it('are recognized as whole words in any case', () => {
    assert.deepEqual(ruledOutIn('Mend what its last words tell. Restarts by itself.'), ['mend', 'tell', 'by itself']);
    assert.deepEqual(ruledOutIn('A secure address of its own. Storytelling.'), []);
  });
});
