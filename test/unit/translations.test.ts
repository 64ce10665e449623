/** Every text for people can be translated, and the second language is complete. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { t, useTranslations } from '../../src/core/wording/l10n';
import { repositoryRoot } from '../support/repository';
import { textsInSource } from '../support/texts';
import type { FoundText } from '../support/texts';

const read = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(join(repositoryRoot, file), 'utf8')) as Record<string, string>;

const holes = (text: string): string => [...new Set([...text.matchAll(/\{\d+\}/g)].map(([hole]) => hole))].sort().join(' ');

describe('texts for people', () => {
  const german = read('l10n/bundle.l10n.de.json');
  let texts: readonly FoundText[];

  before(async () => {
    texts = await textsInSource();
  });

  it('are literals, with a part for every hole', () => {
    const wrong = texts.filter(
      ({ text, parts }) => text === undefined || holes(text).split(' ').filter(Boolean).length !== parts,
    );
    assert.deepEqual(wrong, []);
  });

  it('all have a translation, and no translation is of a text that is gone', () => {
    const used = new Set(texts.map(({ text }) => text));
    assert.deepEqual(
      texts.filter(({ text }) => text === undefined || !(text in german)),
      [],
    );
    assert.deepEqual(
      Object.keys(german).filter((text) => !used.has(text)),
      [],
    );
  });

  it('have the same holes in both languages', () => {
    assert.deepEqual(
      Object.entries(german).filter(([text, translation]) => holes(text) !== holes(translation)),
      [],
    );
  });

  it('of the manifest are named by keys, each with a text in both languages', () => {
    const manifest = readFileSync(join(repositoryRoot, 'package.json'), 'utf8');
    const keys = [...new Set([...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, key = '']) => key))].sort();
    assert.ok(keys.length > 50);
    for (const file of ['package.nls.json', 'package.nls.de.json']) assert.deepEqual(Object.keys(read(file)).sort(), keys, file);
  });

  it('of the manifest lead to the same commands in both languages', () => {
    const commands = (text: string): string[] => [...text.matchAll(/\(command:[^)]*\)/g)].map(([command]) => command);
    const germanManifest = read('package.nls.de.json');
    for (const [key, text] of Object.entries(read('package.nls.json'))) {
      assert.deepEqual(commands(germanManifest[key] ?? ''), commands(text), key);
    }
  });

  it('come in the language that is set, and in English without one', () => {
    assert.equal(t('Port {0} of {1}', 8000, 'api'), 'Port 8000 of api');
    useTranslations({ 'Port {0} of {1}': '{1}: Port {0}', Stop: { message: 'Stoppen' } });
    try {
      assert.equal(t('Port {0} of {1}', 8000, 'api'), 'api: Port 8000');
      assert.equal(t('Stop'), 'Stoppen');
      assert.equal(t('Start'), 'Start');
    } finally {
      useTranslations(undefined);
    }
  });
});
