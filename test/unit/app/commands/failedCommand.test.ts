/** A command that failed has the verdicts of a service with the same words, and only the fixes that help a command. */
import assert from 'node:assert/strict';
import { causeOf, findingsOfCommand, runOf } from '../../../../src/app/commands/failedCommand';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Finding, FindingAction } from '../../../../src/core/diagnosis/finding';
import { commandIds } from '../../../../src/core/model/commandIds';
import { known } from '../../../../src/core/model/process';
import { serviceSpec } from '../../../support/fakes/specs';
import { facts } from '../../core/diagnosis/sample';
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

  /** What the rules of diagnosis make of the lines. */
  const diagnosed = (...lines: readonly string[]) => {
    const command = { ...failed, exitCode: 3, lines };
    const [service] = runOf(command, world.store.services(), 5).store.services();
    const findings = findingsOfCommand(findingsOf(facts({ ...service, output: known(lines) })), command);
    return { findings, cause: causeOf(findings, command) };
  };

  it('has the verdict of what its output says', () => {
    const { findings, cause } = diagnosed("ModuleNotFoundError: No module named 'faker'");
    assert.deepEqual([findings[0]?.code, cause], ['missing-dependency', 'The Python module faker is not installed']);
  });

  it('is not down where only its output says why it failed', () => {
    const { findings, cause } = diagnosed('Error: no such table: users');
    assert.deepEqual(
      [findings[0]?.code, findings[0]?.title, cause],
      ['crashed', 'seed: Error: no such table: users (exit code 3).', 'Error: no such table: users'],
    );
    assert.match(findings[0]?.detail ?? '', /then run it again\.$/);
  });

  it('says its exit code where the output says nothing', () => {
    const { findings, cause } = diagnosed();
    assert.deepEqual([findings[0]?.title, cause], ['seed: failed with exit code 3.', undefined]);
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
      findingsOfCommand([finding], failed)[0]?.actions.map(({ command }) => command),
      [runInTerminal, openFile, start],
    );
  });
});
