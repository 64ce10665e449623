/** Every regular expression that reads text from outside costs little for the longest text that it can get. */
import assert from 'node:assert/strict';
import { expressionsIn, expressionsOfProduct, objectionTo } from '../support/expressions';
import type { Limits } from '../support/expressions';

/** OutputTail cuts lines at 2,000 characters; a diagnosis looks at 200 of them. */
const lineOfOutput: Limits = { characters: 2000, ms: 5 };
/** A file, a command line or the output of a program. */
const wholeText: Limits = { characters: 80_000, ms: 200 };
/** Discovery removes lines of 1,000 characters, and reads names and commands. */
const lineOfSource: Limits = { characters: 1000, ms: 10 };

const limitsOf = (file: string): Limits => {
  if (file.startsWith('core/output/') || file.startsWith('core/diagnosis/')) return lineOfOutput;
  return file.startsWith('discovery/') ? lineOfSource : wholeText;
};

describe('regular expressions', () => {
  const all = expressionsOfProduct();

  it('are found in the product', () => {
    assert.ok(all.length > 500, `${all.length} expressions`);
    assert.ok(all.some(({ at }) => at.startsWith('core/output/serverSignatures.ts')));
  });

  it('take linear time, or little for the longest text that they get', () => {
    const objections = all.flatMap((expression) => objectionTo(expression, limitsOf(expression.at)) ?? []);
    assert.deepEqual(objections, []);
  }).timeout(300_000);

  for (const planted of [
    String.raw`/\r+$/`,
    String.raw`/(\w+)=\s*$/`,
    String.raw`/a-?[\w-]*token[\w-]*=/`,
    'new RegExp(`${name}|\\\\s+#`)',
  ]) {
    it(`are rejected when their time grows with the square of the length: ${planted}`, () => {
      const [expression] = expressionsIn('planted.ts', `export const planted = ${planted};`);
      assert.ok(expression !== undefined);
      assert.match(objectionTo(expression, { characters: 20_000, ms: 20 }) ?? '', /^planted\.ts:1: /);
    }).timeout(60_000);
  }

  it('are accepted when their time grows with the length', () => {
    const [expression] = expressionsIn('planted.ts', String.raw`export const planted = /^\s*(\d+)[a-z]*$|[^\n]/g;`);
    assert.ok(expression !== undefined);
    assert.equal(objectionTo(expression, wholeText), undefined);
  });
});
