/** A command that failed has the verdicts of a service with the same words, and only the fixes that help a command. */
import assert from 'node:assert/strict';
import { fixesOfCommand, runOf } from '../../../../src/app/commands/failedCommand';
import type { Finding, FindingAction } from '../../../../src/core/diagnosis/finding';
import { commandIds } from '../../../../src/core/model/commandIds';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

const world = new FakeWorld(
  serviceSpec('web', { commands: { seed: 'python seed.py' }, cwd: 'api', env: { A: 'b' }, setup: [{ name: 'x', command: 'x' }] }),
  serviceSpec('db', { port: 5432 }),
);
const failed = { service: world.service('web'), name: 'seed', exitCode: 1, lines: ['a', 'b'] };

describe('app/commands: failedCommand', () => {
  it('is the command in the folder and environment of the service, without what only the service has', () => {
    const run = runOf(failed, world.store.services(), 5);
    const [own, db] = run.store.services();
    assert.deepEqual(
      [own?.spec.id, own?.spec.key, own?.spec.command, own?.spec.cwd, own?.spec.env],
      ['web', 'seed', 'python seed.py', 'api', { A: 'b' }],
    );
    for (const key of ['port', 'probe', 'readyLine', 'url', 'stopCommand'])
      assert.ok(own !== undefined && !(key in own.spec), key);
    assert.deepEqual([own?.spec.setup, own?.spec.checks, own?.state.lifecycle.kind, db?.spec.id], [[], [], 'failed', 'db']);
  });

  it('has the output of the command', async () => {
    const run = runOf(failed, world.store.services(), 5);
    assert.deepEqual(await run.output(failed.service), { lines: ['a', 'b'], linesBeforeHealthy: 0 });
  });

  it('keeps fixes of files and other services, and drops those of the service itself', () => {
    const action = (command: string, ...args: readonly string[]): FindingAction => ({ title: command, command, arguments: args });
    const { runInTerminal, openFile, start, restart, showTerminal, changeConfig } = commandIds;
    const actions = [
      ...[action(runInTerminal, 'pip install faker'), action(openFile, 'seed.py'), action(start, 'db')],
      ...[action(start, 'web'), action(restart, 'web'), action(showTerminal, 'web'), action(changeConfig, 'web')],
    ];
    const finding = { code: 'crashed', severity: 'error', title: '', short: '', detail: '', evidence: [], actions } as Finding;
    assert.deepEqual(
      fixesOfCommand([finding], 'web')[0]?.actions.map(({ command }) => command),
      [runInTerminal, openFile, start],
    );
  });
});
