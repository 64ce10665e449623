/** Every verdict and every failure has a short form that fits into a row, in both languages, however long the names in it are. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { codes } from '../../../../src/core/diagnosis/codes';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { brief, briefLine, cutInside, maxBriefLength } from '../../../../src/core/wording/brief';
import { briefFailure } from '../../../../src/core/wording/briefFailure';
import { useTranslations } from '../../../../src/core/wording/l10n';
import type { Translations } from '../../../../src/core/wording/l10n';
import { programName } from '../../../../src/core/wording/programName';
import { repositoryRoot } from '../../../support/repository';
import { cases } from './cases';

const german = JSON.parse(readFileSync(join(repositoryRoot, 'l10n/bundle.l10n.de.json'), 'utf8')) as Translations;
const languages: readonly (readonly [string, Translations | undefined])[] = [
  ['en', undefined],
  ['de', german],
];
const lengthOf = (text: string): number => Array.from(text).length;

/** What these keys hold is one of a few words that the program knows. */
const fixed = new Set(['kind', 'state', 'role', 'platform', 'condition', 'repeats', 'terminal', 'problem', 'why']);

/** The same value with every string in it changed. */
function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [mapped(key, change), mapped(entry, change)]));
  if (value instanceof Set) return new Set([...value].map((entry) => mapped(entry, change)));
  if (Array.isArray(value)) return value.map((entry) => mapped(entry, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fixed.has(key) ? entry : mapped(entry, change)]));
}

/** The same facts, in which each name that the short form has is long. */
function withLongNames(facts: Facts, short: string): Facts {
  const names = short.split(/[^\w@/-]+/).filter((word) => /[a-z]{3}/i.test(word));
  const long = (text: string): string =>
    names.reduce((rest, name) => rest.replaceAll(name, `${name}_${'very_long_name_'.repeat(4)}${name}`), text);
  // The change keeps the shape.
  return mapped(facts, long) as Facts;
}

describe('short forms of findings', () => {
  afterEach(() => useTranslations(undefined));

  for (const [language, translations] of languages) {
    it(`fit into a row for every code, and still with long names (${language})`, () => {
      useTranslations(translations, language);
      const seen = new Set<string>();
      let cut = 0;
      const found = cases.flatMap(({ sick }) =>
        findingsOf(sick).flatMap((finding) => [finding, ...findingsOf(withLongNames(sick, finding.short))]),
      );
      for (const { code, short } of found) {
        seen.add(code);
        assert.match(short, /\S/, code);
        assert.ok(lengthOf(short) <= maxBriefLength, `${code}: "${short}" has ${lengthOf(short)} characters`);
        assert.doesNotMatch(short, /(?:^|[\s'(])(?:\/\w+){2}|[A-Z]:\\/, `${code}: "${short}" has a path`);
        if (short.includes('…')) cut += 1;
      }
      assert.deepEqual(
        codes.filter((code) => !seen.has(code)),
        [],
      );
      assert.ok(cut > 10, `only ${cut} had to be cut`);
    });

    it(`are not cut for names and numbers of a usual length (${language})`, () => {
      useTranslations(translations, language);
      const found = cases.flatMap(({ sick }) => findingsOf(sick).slice(0, 1));
      const cut = found.filter(({ short }) => short.includes('…')).map(({ code, short }) => `${code}: ${short}`);
      assert.deepEqual(cut, []);
    });
  }

  it('name the cause of the case that they are of', () => {
    const shorts = new Set(cases.flatMap(({ sick }) => findingsOf(sick).map(({ short }) => short)));
    for (const expected of ['Docker is not running', 'Out of memory', 'node_modules is missing'])
      assert.ok(shorts.has(expected), `no "${expected}" in ${[...shorts].join(', ')}`);
  });
});

describe('a short form', () => {
  afterEach(() => useTranslations(undefined));

  it('never has more than 32 characters, whatever the names are, and stays on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ maxLength: 200 }), (one, other) => {
        const text = brief((first, second) => `Port 8000 in use (${first}, ${second})`, one, other)();
        assert.ok(lengthOf(text) <= maxBriefLength, text);
        assert.doesNotMatch(text, /[\n\r]/);
        assert.ok(text.startsWith('Port 8000 in use ('));
      }),
    );
  });

  it('cuts a name in its middle, so that its beginning and its end are left', () => {
    assert.equal(
      brief((name) => `No module '${name}'`, 'company_internal_payment_gateway_client')(),
      "No module 'company_in…ay_client'",
    );
    assert.equal(cutInside('abcdefgh', 5), 'ab…gh');
    assert.equal(cutInside('👩‍👩‍👧‍👧👩‍👩‍👧‍👧👩‍👩‍👧‍👧', 12), '…👩‍👩‍👧‍👧');
  });

  it('of a line begins with the cause, without the class of the error and without the folder of a file', () => {
    assert.equal(briefLine('RuntimeError: boom')(), 'RuntimeError: boom');
    assert.equal(briefLine('Error: connection refused')(), 'connection refused');
    assert.equal(briefLine("ModuleNotFoundError: No module named 'stripe'")(), "No module named 'stripe'");
    assert.equal(briefLine('cannot open /home/me/shop/main.py')(), 'cannot open main.py');
    assert.equal(briefLine('The quick brown fox jumps over the lazy dog')(), 'The quick brown fox jumps over …');
  });

  it('removes a secret before it is cut, also one that would be cut', () => {
    const clean = (text: string): string => text.replaceAll('hunter2-hunter2-hunter2', '[removed]');
    const text = brief((name) => `No database '${name}'`, `shop_hunter2-hunter2-hunter2_x`)(clean);
    assert.equal(text, "No database 'shop_[removed]_x'");
    assert.equal(briefLine('postgres://me:secret@db/shop failed')(), 'postgres://[removed]@db/shop fa…');
  });

  it('is there for what has no finding yet', () => {
    const shorts = [
      briefFailure({ kind: 'crashed', end: { exitCode: 3 }, beforeReady: true }),
      briefFailure({ kind: 'crashed', end: { exitCode: 137 }, beforeReady: false }),
      briefFailure({ kind: 'crashed', end: { exitCode: undefined }, beforeReady: false }),
      briefFailure({ kind: 'setup', step: 'migrate', cause: { kind: 'ended', end: { exitCode: 3 } } }),
      briefFailure({ kind: 'launch', failure: { kind: 'missingEnvFile', path: '/home/me/shop/.env' } }),
      briefFailure({ kind: 'neverReady', waited: 60_000, probe: undefined }),
    ].map((short) => short());
    assert.deepEqual(shorts, [
      'Exit code 3',
      'Killed (exit code 137)',
      'Exited unexpectedly',
      'setup "migrate": exit 3',
      '.env is missing',
      'Not ready after 1 min',
    ]);
  });
});

describe('the name of a program', () => {
  it('is that of the file, without folder, extension and arguments', () => {
    assert.equal(programName('/usr/bin/node server.js'), 'node');
    assert.equal(programName('"C:\\Program Files\\nodejs\\node.exe" server.js'), 'node');
    assert.equal(programName('C:\\Program Files\\nodejs\\node.exe server.js'), 'node');
    assert.equal(programName('[kworker/0:1]'), '0:1');
    assert.equal(programName(''), '');
  });
});
