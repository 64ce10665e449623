import assert from 'node:assert/strict';
import { lenses, lensState, read } from '../../../../src/core/authoring/lenses';
import type { Known } from '../../../../src/core/authoring/lenses';
import type { Service, Lifecycle } from '../../../../src/core/lifecycle/state';
import { failed, healthy, service, unhealthy } from '../views/samples';
import { place } from './marked';

const process = { pid: 7, born: 'x' } as const;
const running = (health: typeof healthy): Lifecycle => ({
  ...{ kind: 'running', run: 'r', process, startedAt: 1, readyAt: 2, terminal: 'attached' },
  health,
});
const stopped: Lifecycle = { kind: 'stopped', cause: { kind: 'never' } };

const titles = (text: string, services: readonly Service[], known: Partial<Known> = {}) =>
  lenses(read(text, place), { services, isTrusted: true, isDirty: false, ...known }).map(({ title }) => title);

const text = '{ "services": { "backend": { "command": "x", "port": 8000 } } }';

describe('core/authoring/lenses', () => {
  it('show the same state and actions as the row of the service', () => {
    const [state, ...actions] = titles(text, [service(running(healthy))]);
    assert.match(state ?? '', /^\$\(pass\)\u00a0:8000 · \d+ ms$/);
    assert.deepEqual(actions, ['$(debug-stop)\u00a0Stop', '$(debug-restart)\u00a0Restart']);
    assert.deepEqual(titles(text, [service(stopped)]), ['$(circle-large-outline)\u00a0Not started', '$(debug-start)\u00a0Start']);
    assert.equal(titles(text, [service(running(unhealthy))]).at(-1), '$(lightbulb)\u00a0Diagnose');
  });

  it('are at the key, and run the commands with the id', () => {
    const [state, start] = lenses(read(text, place), { services: [service(stopped)], isTrusted: true, isDirty: false });
    assert.deepEqual(state?.range, { offset: text.indexOf('"backend"'), length: 9 });
    assert.equal(state.command, undefined);
    assert.deepEqual(start?.command, { id: 'serviceLifecycle.start', arguments: ['backend'] });
    const [shown] = lenses(read(text, place), { services: [service(running(healthy))], isTrusted: true, isDirty: false });
    assert.deepEqual(shown?.command, { id: 'serviceLifecycle.showTerminal', arguments: ['backend'] });
  });

  it('have at most 48 characters, whatever the cause is, and a space that stays after the icon', () => {
    const crashed: Lifecycle = failed({ kind: 'crashed', end: { exitCode: 1, lastLine: 'x'.repeat(500) }, beforeReady: true });
    const long = '{ "services": { "' + 'k'.repeat(300) + '": { "command": "x", "port": "' + 'y'.repeat(300) + '" } } }';
    const all = [
      ...titles(text, [service(crashed)]),
      ...titles(long, []),
      ...titles('{ "services": {} }', [service(running(healthy), { key: 'z'.repeat(99) })]),
    ];
    assert.ok(all.length >= 5);
    for (const title of all) {
      assert.match(title, /^\$\([\w~-]+\)\u00a0\S/);
      assert.ok(title.replace(/^\$\([\w~-]+\)/, '').length <= 47, title);
    }
  });

  it('offer the first action of the verdict where its title is short, and nothing twice', () => {
    const fix = { title: 'Copy .env.example to .env', command: 'serviceLifecycle.copyEnvFile', arguments: ['backend'] };
    const crashed: Lifecycle = failed({ kind: 'launch', failure: { kind: 'missingEnvFile', path: '/shop/.env' } });
    const verdict = { code: 'not-launched', title: 'Env file not found', short: '.env is missing' };
    const shown = (found: typeof fix, known: Partial<Known> = {}) =>
      titles(text, [{ ...service(crashed), verdict: { ...verdict, fix: found } }], known);
    assert.deepEqual(shown(fix), [
      '$(error)\u00a0.env is missing',
      '$(wrench)\u00a0Copy .env.example to .env',
      '$(debug-start)\u00a0Start',
      '$(lightbulb)\u00a0Diagnose',
    ]);
    assert.ok(!shown(fix, { isTrusted: false }).some((title) => title.includes('Copy')));
    assert.equal(shown({ ...fix, title: 'Run /usr/bin/python3 -m pip install stripe' }).length, 3);
    assert.equal(shown({ ...fix, title: 'Start', command: 'serviceLifecycle.start' }).length, 3);
  });

  it('contain no elapsed time, so that they are not redrawn every second', () => {
    const starting: Lifecycle = {
      kind: 'stopping',
      run: 'r',
      process,
      since: 1,
      cause: { kind: 'command' },
      phase: 'asked',
      next: undefined,
    };
    assert.doesNotMatch(titles(text, [service(starting)]).join(), /\d s\b/);
  });

  it('offer no start in a workspace that is not trusted', () => {
    assert.deepEqual(titles(text, [service(stopped)], { isTrusted: false }), ['$(circle-large-outline)\u00a0Not started']);
    assert.ok(titles(text, [service(running(healthy))], { isTrusted: false }).includes('$(debug-stop)\u00a0Stop'));
  });

  it('show the first problem of an invalid service, and still offer to stop a running one', () => {
    const broken = '{ "services": { "backend": { "command": "x", "port": "a" } } }';
    assert.match(titles(broken, [])[0] ?? '', /^\$\(error\)\u00a0"port" must be a whole number/);
    assert.match(
      titles(broken, [service(running(healthy))])
        .slice(1)
        .join(),
      /^\$\(pass\)\u00a0:8000 · \d+ ms,\$\(debug-stop\)\u00a0Stop$/,
    );
    assert.equal(titles(broken, [service(stopped)]).length, 1);
  });

  it('ask to save the file for a service that is not known yet', () => {
    assert.deepEqual(titles(text, []), []);
    assert.deepEqual(titles(text, [], { isDirty: true }), ['$(circle-large-outline)\u00a0Save the file to run this service']);
  });

  it('show a service that is running under a name that is no longer in the file', () => {
    const renamed = text.replace('backend', 'api');
    assert.deepEqual(titles(renamed, [service(running(healthy))]), ['$(debug-stop)\u00a0Stop backend, no longer in this file']);
    assert.deepEqual(titles(renamed, [service(stopped)]), []);
    assert.deepEqual(titles(renamed.slice(0, -10), [service(running(healthy))]), [], 'it may only be hidden by the mistake');
    assert.deepEqual(titles(renamed, [service(running(healthy), { folder: '/other' })]), []);
  });

  it('are empty for an unreadable text', () => {
    for (const broken of ['', '{', '[]', '{ "services": 1 }', '['.repeat(10_000)]) assert.deepEqual(titles(broken, []), []);
  });

  describe('of one service', () => {
    const known = { isTrusted: true, isDirty: false };
    const state = (lifecycle: Lifecycle, changes = {}, written = text): string | undefined =>
      lensState(read(written, place), service(lifecycle, changes), known);
    assert.ok(healthy.kind === 'healthy');
    const slower: typeof healthy = { ...healthy, last: { ...healthy.last, latencyMs: 480 } };

    it('stay as they are when only the response time changes, and follow every other change', () => {
      assert.notEqual(titles(text, [service(running(healthy))])[0], titles(text, [service(running(slower))])[0]);
      assert.equal(state(running(healthy)), state(running(slower)));
      assert.notEqual(state(running(healthy)), state(running(unhealthy)));
      assert.notEqual(state(running(healthy)), state(stopped));
    });

    it('are looked for in its own folder only, and also when its entry is gone', () => {
      assert.equal(state(running(healthy), { folder: '/elsewhere' }), undefined);
      const gone = '{ "services": {} }';
      assert.match(state(running(healthy), {}, gone) ?? '', /no longer in this file/);
      assert.equal(state(stopped, {}, gone), '[]');
    });
  });
});
