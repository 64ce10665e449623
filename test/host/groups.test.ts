/** Groups in a real VS Code: their commands, and svc with @group. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/poll';
import { freePort, server } from './support/server';
import { cleanUp, configure, snapshotOf, unique } from './support/services';
import { svc } from './support/svc';

const timeoutMs = 30_000;

describe('a group', () => {
  let [db, api, web, group] = ['', '', '', ''];

  beforeEach(async () => {
    [db, api, web, group] = [unique('db'), unique('api'), unique('web'), unique('core')];
    const groups = [group];
    await configure({
      [db]: server(await freePort()),
      [api]: server(await freePort(), { groups, dependsOn: [db] }),
      [web]: server(await freePort(), { groups, dependsOn: [api] }),
    });
  });

  afterEach(cleanUp);

  const become = (expected: string): Promise<unknown> =>
    until(
      `the services to be ${expected}`,
      async () => {
        const seen = await Promise.all([db, api, web].map(snapshotOf));
        return seen.map(({ lifecycle, health }) => (lifecycle === 'running' ? health : lifecycle)).join(' ') === expected;
      },
      timeoutMs,
    );

  it('is started with what it depends on, restarted and stopped without that', async () => {
    assert.deepEqual((await snapshotOf(api)).groups, [group]);
    await vscode.commands.executeCommand('serviceLifecycle.startGroup', group);
    await become('healthy healthy healthy');
    const before = await Promise.all([db, api, web].map(snapshotOf));
    await vscode.commands.executeCommand('serviceLifecycle.restartGroup', { key: `group:${group}`, id: undefined });
    await become('healthy healthy healthy');
    const after = await Promise.all([db, api, web].map(snapshotOf));
    assert.deepEqual(
      after.map(({ pid }, index) => pid === before[index]?.pid),
      [true, false, false],
    );
    await vscode.commands.executeCommand('serviceLifecycle.stopGroup', `@${group}`);
    await become('healthy stopped stopped');
  });

  it('is started and stopped by svc, which names what is started for it', async () => {
    const started = await svc(['start', `@${group}`, '--json']);
    assert.equal(started.code, 0, started.out + started.err);
    const reply = JSON.parse(started.out) as { readonly outcome: string; readonly alsoStarted: readonly string[] };
    assert.deepEqual([reply.outcome, reply.alsoStarted], ['started', [db]]);
    const stopped = await svc(['stop', `@${group}`]);
    assert.deepEqual([stopped.code, stopped.out], [0, `${api}: stopped\n${web}: stopped\n`]);
    await become('healthy stopped stopped');
    const unknown = await svc(['start', '@nothing-of-this-name']);
    assert.equal(unknown.code, 3, unknown.out);
  });
});
