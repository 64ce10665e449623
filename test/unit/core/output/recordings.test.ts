/** The search for causes on recorded outputs of real tools: how many sentences and codes are as expected, and whether anything is invented. */
import assert from 'node:assert/strict';
import { diagnosisCode } from './diagnosisCode';
import { linesOf, recordings } from './recordings';
import { findCause } from '../../../../src/core/output/cause/findCause';

/** Percent. */
const minAccuracy = 95;
const minRecordings = 150;

const all = recordings();

describe('recorded outputs', () => {
  it(`are at least ${minRecordings}, nearly all written by the real tool`, () => {
    assert.ok(all.length >= minRecordings, `${all.length} recordings`);
    const played = all.filter((each) => each.played === true);
    assert.ok(played.length <= all.length / 10, `${played.length} of ${all.length} are played`);
    assert.equal(new Set(all.map(({ file }) => file)).size, all.length);
  });

  it(`lead to the expected sentence in at least ${minAccuracy} %`, () => {
    report('sentences', (each) => ({ expected: each.sentence, actual: sentenceOf(each) }));
  });

  it(`lead to the expected code in at least ${minAccuracy} %`, () => {
    report('codes', (each) => ({ expected: each.code, actual: diagnosisCode(each, linesOf(each), sentenceOf(each)) }));
  });

  it('lead to no file, line, module or other word that the output does not have', () => {
    for (const each of all) {
      const output = linesOf(each).lines.join(' ');
      for (const word of wordsOf(sentenceOf(each))) assert.ok(output.includes(word), `${each.file}: ${word} is invented`);
    }
  });
});

/** Prints the accuracy, and the rows that are not as expected. */
function report(
  what: string,
  compare: (each: (typeof all)[number]) => { readonly expected: string; readonly actual: string },
): void {
  const wrong = all.map((each) => ({ file: each.file, ...compare(each) })).filter(({ expected, actual }) => expected !== actual);
  const accuracy = (100 * (all.length - wrong.length)) / all.length;
  const lines = wrong.map(({ file, expected, actual }) => `${file}\n  expected ${expected}\n  actual   ${actual}`);
  console.log(`      ${what}: ${accuracy.toFixed(1)} % of ${all.length}${lines.map((line) => `\n${line}`).join('')}`);
  assert.ok(accuracy >= minAccuracy, `${accuracy.toFixed(1)} % of the ${what} are as expected:\n${lines.join('\n')}`);
}

const sentenceOf = (each: (typeof all)[number]): string => {
  const { lines, before } = linesOf(each);
  return findCause(lines.slice(before), each.exitCode !== 0)?.sentence ?? '';
};

/** Words with what belongs to them, such as `src/main.ts:3:1`, without the punctuation around them. */
const wordsOf = (sentence: string): readonly string[] =>
  sentence.split(/\s+/).map((word) => word.replace(/^[("'`]+|[)"'`:;,.]+$/g, ''));
