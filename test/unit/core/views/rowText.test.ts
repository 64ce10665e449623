/** What stands beside the name of a service: short, the cause first, in both languages. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import { contextValue } from '../../../../src/core/views/actions';
import { row } from '../../../../src/core/views/tree';
import { rowText } from '../../../../src/core/views/rowText';
import { maxBriefLength } from '../../../../src/core/wording/brief';
import { useTranslations } from '../../../../src/core/wording/l10n';
import type { Translations } from '../../../../src/core/wording/l10n';
import { repositoryRoot } from '../../../support/repository';
import { anyService } from './arbitrary';
import { crash, everyState, failed, named, none, owner, running, service } from './samples';

const german = JSON.parse(readFileSync(join(repositoryRoot, 'l10n/bundle.l10n.de.json'), 'utf8')) as Translations;
const lengthOf = (text: string): number => Array.from(text).length;
const inline = (
  JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
    readonly contributes: { readonly menus: Record<string, readonly { command: string; when: string; group: string }[]> };
  }
).contributes.menus['view/item/context']?.filter(({ group }) => group.startsWith('inline'));

/** The inline buttons that VS Code shows for a row, in their order. */
const buttons = (lifecycle: Lifecycle): readonly string[] =>
  (inline ?? [])
    .filter(({ when }) => new RegExp(/=~ \/(.*)\/$/.exec(when)?.[1] ?? '(?!)').test(contextValue(service(lifecycle))))
    .toSorted((a, b) => a.group.localeCompare(b.group))
    .map(({ command }) => command.replace('serviceLifecycle.', ''));

const blocked: Lifecycle = { kind: 'launching', run: 'r', by: 'user', since: 1, phase: { kind: 'blocked', owners: [owner] } };
const awaiting: Lifecycle = { kind: 'stopped', cause: { kind: 'awaitingConsent' } };
const changed = failed({ kind: 'launch', failure: { kind: 'notAgreed' } });
const dismissed: Lifecycle = { kind: 'stopped', run: 'r', cause: { kind: 'dismissed', failure: crash } };

describe('the text of a row', () => {
  afterEach(() => useTranslations(undefined));

  it('has at most 32 characters of cause in any state, in both languages', () => {
    for (const translations of [undefined, german]) {
      useTranslations(translations, 'de');
      fc.assert(
        fc.property(anyService, (given) => {
          const text = rowText(given);
          assert.ok(text.length > 0);
          const isFigures = ['running', 'external'].includes(given.state.lifecycle.kind) && text.includes(' · ');
          assert.ok(isFigures || lengthOf(text) <= maxBriefLength, text);
          assert.doesNotMatch(text, /[\n\r]/);
        }),
      );
    }
  });

  it('is the verdict where there is one, and never that of a question', () => {
    const verdict = { code: 'missing-dependency', title: 'No module', short: "No module 'stripe'" };
    assert.equal(rowText({ ...service(failed(crash)), verdict }), "No module 'stripe'");
    assert.equal(rowText({ ...service(blocked), verdict }), 'Needs you: port 8000 in use');
    assert.equal(rowText({ ...service(dismissed), verdict }), 'Stopped');
  });

  it('asks the user where something waits, with an icon, a badge and a click of its own', () => {
    const texts = [blocked, awaiting, changed].map((lifecycle) => {
      const { description, icon, command, spoken } = row({ kind: 'service', key: 'k', service: service(lifecycle) });
      return [description, icon.id, command?.id, /: Needs you\b/.test(spoken)];
    });
    assert.deepEqual(texts, [
      ['Needs you: port 8000 in use', 'question', 'serviceLifecycle.answer', true],
      ['Needs you: allow autostart', 'question', 'serviceLifecycle.answer', true],
      ['Needs you: commands changed', 'question', 'serviceLifecycle.answer', true],
    ]);
  });

  it('gives a worker no advice', () => {
    const worker = { ...service(running(none), { role: 'worker' }) };
    const shown = row({ kind: 'service', key: 'k', service: worker });
    assert.match(shown.description, /^Running\b/);
    assert.doesNotMatch(shown.spoken, /health check|Add "port"/);
  });

  it('names one dependency and counts the others where there is no room', () => {
    const waitingFor = ['a-rather-long-database', 'second', 'third'].map((id) => ({ id, state: 'starting' as const, since: 1 }));
    const queued: Lifecycle = { kind: 'queued', run: 'r', by: 'user', since: 1, waitingFor };
    assert.equal(rowText(named('web', queued)), 'Waiting for a-rather…database +2');
  });
});

describe('the buttons of a row', () => {
  it('are three at most in any state', () => {
    fc.assert(fc.property(anyService, ({ state }) => assert.ok(buttons(state.lifecycle).length <= 3, state.lifecycle.kind)));
    for (const [name, lifecycle] of Object.entries(everyState)) assert.ok(buttons(lifecycle).length <= 3, name);
  });

  it('have the one first that helps most', () => {
    const found = Object.entries({ ...everyState, blocked, awaiting, changed, dismissed }).map(
      ([name, lifecycle]) => [name, buttons(lifecycle)] as const,
    );
    const of = (name: string): readonly string[] | undefined => new Map(found).get(name);
    assert.deepEqual(of('crashed'), ['diagnose', 'start', 'dismiss']);
    assert.deepEqual(of('unhealthy'), ['diagnose', 'restart', 'stop']);
    assert.deepEqual(of('healthy'), ['open', 'restart', 'stop']);
    assert.deepEqual(of('stopped'), ['start']);
    assert.deepEqual(of('blocked'), ['answer', 'stop']);
    assert.deepEqual(of('awaiting'), ['answer', 'start', 'dismiss']);
    assert.deepEqual(of('changed'), ['answer', 'start', 'dismiss']);
    assert.deepEqual(of('dismissed'), ['start']);
  });
});
