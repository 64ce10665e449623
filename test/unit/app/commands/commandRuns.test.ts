/** One-off commands of services: each once at a time, with an end in every case. */
import assert from 'node:assert/strict';
import { CommandRuns } from '../../../../src/app/commands/commandRuns';
import type { CommandOutcome } from '../../../../src/app/commands/commandRuns';
import type { FailedCommand } from '../../../../src/app/commands/failedCommand';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import { lastCommand } from '../../../../src/core/model/commandResult';
import { commandEndWords } from '../../../../src/core/wording/commandResult';
import { settle } from '../../../support/fakes/clock';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

const commands = { seed: 'python seed.py', wait: 'sleep' };

class Scene {
  readonly world = new FakeWorld(serviceSpec('web', { commands }));
  readonly failed: FailedCommand[] = [];
  findings: readonly Finding[] | Error = [];
  readonly runs: CommandRuns;
  shown = 0;

  constructor() {
    const { store, trees, clock, setup, world } = this.world;
    this.runs = new CommandRuns({
      ...{ store, trees, clock, terminals: setup.parts.terminals, preflight: world.preflight, log: world.log },
      newRun: () => `c${this.world.setup.launched.length}`,
      diagnose: (failed) => {
        this.failed.push(failed);
        return this.findings instanceof Error ? Promise.reject(this.findings) : Promise.resolve(this.findings);
      },
    });
  }

  run(name = 'seed', signal = new AbortController().signal): Promise<CommandOutcome> {
    const service = this.world.service('web');
    return this.runs.run({ service, name, by: 'user', signal }, () => (this.shown += 1));
  }

  /** What the tooltip shows. */
  last(): string | undefined {
    const last = lastCommand(this.world.service('web').commandStates);
    return last === undefined ? undefined : `${last.name}: ${commandEndWords(last.end)}`;
  }
}

const verdict: Finding = {
  code: 'missing-dependency',
  severity: 'error',
  title: "No module named 'faker'",
  short: '',
  detail: 'Install it.',
  evidence: [],
  actions: [],
};

describe('app/commands: commandRuns', () => {
  it('runs a command in a terminal that stays, and keeps how it ended', async () => {
    const scene = new Scene();
    const running = scene.run();
    await settle();
    const { setup } = scene.world;
    assert.deepEqual([setup.launched, setup.requests[0]?.whenDone, setup.requests[0]?.by], [['seed'], 'keep', 'user']);
    assert.equal(scene.shown, 1);
    setup.end('seed', 0, 'done');
    const { end, lines } = await running;
    assert.deepEqual([end, lines, scene.failed, scene.last()], [{ kind: 'succeeded' }, ['done'], [], 'seed: succeeded']);
    assert.equal(scene.world.clock.pending, 0);
  });

  it('diagnoses a command that failed, with its exit code and its lines', async () => {
    const scene = new Scene();
    scene.findings = [verdict];
    const running = scene.run();
    await settle();
    scene.world.setup.end('seed', 3, "ModuleNotFoundError: No module named 'faker'");
    const { end, findings } = await running;
    assert.deepEqual(
      scene.failed.map(({ name, exitCode, lines }) => [name, exitCode, lines]),
      [['seed', 3, ["ModuleNotFoundError: No module named 'faker'"]]],
    );
    assert.deepEqual([end, findings], [{ kind: 'failed', exitCode: 3, cause: verdict.title }, [verdict]]);
    assert.equal(scene.last(), "seed: No module named 'faker' (exit code 3)");
  });

  it('takes the cause from the output when a diagnosis finds nothing, or fails', async () => {
    for (const findings of [[], new Error('no')]) {
      const scene = new Scene();
      scene.findings = findings;
      const running = scene.run();
      await settle();
      scene.world.setup.end('seed', 1, 'Error: no such table: users');
      await running;
      assert.equal(scene.last(), 'seed: Error: no such table: users (exit code 1)');
    }
  });

  it('runs a command once at a time: who asks again gets the same end, and sees its terminal', async () => {
    const scene = new Scene();
    const both = [scene.run(), scene.run()];
    await settle();
    assert.deepEqual([scene.world.setup.launched, scene.shown], [['seed'], 2]);
    scene.world.setup.end('seed');
    const [one, other] = await Promise.all(both);
    assert.equal(one, other);
    const again = scene.run();
    await settle();
    scene.world.setup.end('seed');
    await again;
    assert.deepEqual(scene.world.setup.launched, ['seed', 'seed']);
  });

  it('runs different commands of a service at the same time', async () => {
    const scene = new Scene();
    const both = [scene.run('seed'), scene.run('wait')];
    await settle();
    assert.deepEqual(scene.world.setup.launched, ['seed', 'wait']);
    scene.world.setup.end('wait');
    scene.world.setup.end('seed');
    await Promise.all(both);
  });

  it('says why it did not run', async () => {
    const scene = new Scene();
    scene.world.refusal = { kind: 'missingFolder', path: '/shop/api' };
    const { end } = await scene.run();
    assert.equal(end.kind, 'refused');
    assert.match(scene.last() ?? '', /^seed: Folder not found: \/shop\/api\..*\(did not run\)$/);
    scene.world.refusal = undefined;
    scene.world.setup.refuse = { kind: 'taskRefused', detail: 'no' };
    assert.equal((await scene.run()).end.kind, 'refused');
    assert.equal(scene.shown, 0);
  });

  it('leaves no process when its terminal is closed', async () => {
    const scene = new Scene();
    const running = scene.run('wait');
    await settle();
    scene.world.setup.of('wait').end({ kind: 'closed' });
    await scene.world.clock.turn(100);
    assert.deepEqual([(await running).end.kind, scene.world.machine.living('step wait')], ['cancelled', []]);
    assert.deepEqual([scene.last(), scene.world.clock.pending], ['wait: canceled', 0]);
  });

  it('ends it when who began it goes away, however it resists', async () => {
    const scene = new Scene();
    const abort = new AbortController();
    const running = scene.run('wait', abort.signal);
    await settle();
    for (const process of scene.world.machine.living('step wait')) process.manner = 'stay';
    abort.abort();
    await scene.world.clock.turn(6000);
    assert.deepEqual([(await running).end.kind, scene.world.machine.living('step wait')], ['cancelled', []]);
    assert.equal(scene.world.clock.pending, 0);
  });

  it('launches nothing when who asked is gone before', async () => {
    const scene = new Scene();
    assert.equal((await scene.run('seed', AbortSignal.abort())).end.kind, 'cancelled');
    assert.deepEqual(scene.world.setup.launched, []);
  });

  it('waits no longer than 4 s for the report of an end that was seen', async () => {
    const scene = new Scene();
    const running = scene.run();
    await settle();
    scene.world.machine.end(scene.world.setup.of('seed').process.identity.pid);
    await scene.world.clock.turn(5000);
    assert.deepEqual((await running).end, { kind: 'failed', exitCode: undefined });
    assert.equal(scene.last(), 'seed: ended; the exit code is unknown');
  });

  it('keeps the last result through changes of the state', async () => {
    const scene = new Scene();
    const running = scene.run();
    await settle();
    scene.world.setup.end('seed');
    await running;
    await scene.world.up();
    assert.deepEqual([scene.world.kind(), scene.last()], ['running', 'seed: succeeded']);
    scene.world.configure(serviceSpec('web', { commands, groups: ['core'] }));
    assert.equal(scene.last(), 'seed: succeeded');
  });
});
