/** The list of notifications in docs/reference.md has all that the code shows, and no other. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { maxButtonLength } from '../../../src/core/wording/button';
import { glob } from '../../support/glob';
import { repositoryRoot } from '../../support/repository';
import { textsInSource } from '../../support/texts';
import { rowsOf, sectionOf } from './support/markdown';

/** Sentences of these files are shown by a message, although another file shows it. */
const wordings = ['src/core/views/candidates.ts', 'src/core/checks/checkNotification.ts'];
/** Sentences that no message shows: titles of lists and hints of a field. */
const elsewhere = /^(?:\w[\w ]* (?:which|from which) .*\?|Enter a whole number .*)$/;

const shows = /\b(?:showMessage|askModal|disk\.report)\(/;

/** The texts of messages, with `{0}` for what they name. */
async function messages(): Promise<readonly string[]> {
  const files = (await glob(join(repositoryRoot, 'src'), '.ts'))
    .filter((file) => shows.test(readFileSync(file, 'utf8')))
    .map((file) => relative(repositoryRoot, file).replaceAll('\\', '/'));
  const places = [...files.filter((file) => file !== 'src/messages/showMessage.ts'), ...wordings];
  return (await textsInSource()).flatMap(({ text, place }) => {
    const isShown = places.some((file) => place.includes(`${file}:`)) && text !== undefined && /[.?]$/.test(text);
    return isShown && !elsewhere.test(text) ? [text] : [];
  });
}

/** An example begins like its text; what follows may come from elsewhere. */
const isExampleOf = (text: string, example: string): boolean =>
  new RegExp(`^${text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{\d+\}/g, '.+')}`).test(example);

describe('the notifications in docs/reference.md', () => {
  const section = sectionOf(readFileSync(join(repositoryRoot, 'docs', 'reference.md'), 'utf8'), '## Notifications');
  const examples = [...rowsOf(section).keys()];

  it('have an example of each text that a message shows', async () => {
    const texts = await messages();
    assert.ok(texts.length > 40, `only ${texts.length} texts`);
    assert.deepEqual(
      texts.filter((text) => !examples.some((example) => isExampleOf(text, example))),
      [],
    );
  });

  it('are all in the code', async () => {
    const texts = await messages();
    // The list of what discovery cannot write comes from its own bundle.
    const fromDiscovery = /^The services were not added because line \d+ /;
    assert.deepEqual(
      examples.filter((example) => !fromDiscovery.test(example) && !texts.some((text) => isExampleOf(text, example))),
      [],
    );
  });

  it('name buttons that fit', () => {
    for (const [example, cells] of rowsOf(section)) {
      const buttons = (cells[1] ?? '').split(/, | \(or |\)/).filter((title) => title !== '');
      for (const title of buttons) assert.ok(title.length <= maxButtonLength, `${example}: ${title}`);
    }
  });

  it('that come on their own can all be turned off', () => {
    const [own = ''] = section.split('**As the answer');
    const rows = own.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:---|Notification)/.test(line));
    assert.ok(rows.length > 5);
    for (const row of rows) assert.match(row, /\| (?:`[^`]+`[^|]*|Write[^|]*|Correct[^|]*|Pass[^|]*) \|$/, row);
  });
});
