/** What a start, a stop and a reload of the window ask Windows, and of whom. */
import assert from 'node:assert/strict';
import { defined } from '../../../src/core/model/defined';
import { createWindowsPortTable } from '../../../src/os/portTable/windows';
import { createWindowsProcessTable } from '../../../src/os/processTable/windows';
import { HelperProcess } from '../../../src/os/windows/helperProcess';
import { withFallback } from '../../../src/os/windows/sources';
import type { FakeClock } from '../../support/fakes/clock';
import { FakePids } from '../../support/fakes/pids';
import { serviceSpec } from '../../support/fakes/specs';
import { FakeHelper } from '../../support/fakes/windowsHelpers';
import { FakeWindowsSource } from '../../support/fakes/windowsSource';
import { spawnedBy } from '../../support/spawned';
import { SystemScene, type SceneSystem } from './systemScene';

/** PowerShell that is open already takes 30 to 150 ms. */
const shellAnswerMs = 150;

const tokenOf = (count: number): string => String(13_440_130_765_995_000n + BigInt(count));

describe('calls on Windows', () => {
  const pids = new FakePids(tokenOf);
  let native: FakeHelper;
  let shell: FakeHelper;
  before(() => pids.install());
  after(() => pids.restore());
  afterEach(() => pids.rows().forEach(({ pid }) => pids.end(pid)));

  const windows =
    (unusable?: string) =>
    (clock: FakeClock): SceneSystem => {
      native = new FakeHelper({ clock, pids, answerMs: 1, ...defined({ unusable }) });
      shell = new FakeHelper({ clock, pids, answerMs: shellAnswerMs });
      const source = withFallback(new HelperProcess(native.start, clock), new HelperProcess(shell.start, clock));
      const processTable = createWindowsProcessTable(source);
      const reader = createWindowsPortTable(source, processTable);
      const canBind = async (port: number) => {
        await reader.listeners(port);
        return { kind: 'free' } as const;
      };
      return { processTable, portTable: { ...reader, canBind }, stopsByTyping: true };
    };

  /** Each part of a life, with what it asked PowerShell. */
  async function live(unusable?: string) {
    const scene = new SystemScene(pids, windows(unusable), serviceSpec());
    const parts: Record<string, { readonly shell: readonly string[]; readonly shells: number }> = {};
    const note = (part: string, kind: string, now: SystemScene): void => {
      assert.equal(now.world.kind(), kind, part);
      parts[part] = { shell: shell.asked.splice(0), shells: shell.starts };
    };
    const { supervisor, world } = scene;
    scene.endsOnCtrlC();
    supervisor.start('web');
    await world.clock.turn(8000);
    note('start', 'running', scene);
    supervisor.stop('web');
    await world.clock.turn(9000);
    note('stop', 'stopped', scene);
    supervisor.start('web');
    await world.clock.turn(8000);
    note('second start', 'running', scene);
    await world.clock.turn(600_000);
    note('idle', 'running', scene);
    const next = new SystemScene(pids, windows(unusable), serviceSpec());
    await next.adopt(scene);
    note('reload', 'running', next);
    next.supervisor.stop('web');
    await next.world.clock.turn(20_000);
    note('forced stop', 'stopped', next);
    next.supervisor.dispose();
    return parts;
  }

  it('are none of PowerShell and none of other tools where the helper process can be used', async () => {
    const spawned = await spawnedBy(async () => {
      const parts = await live();
      for (const [part, { shell: asked, shells }] of Object.entries(parts))
        assert.deepEqual([part, asked, shells], [part, [], 0]);
    });
    assert.deepEqual(spawned, []);
  });

  it('go to one PowerShell that stays open where it cannot, which lists processes only before and after a stop', async () => {
    const spawned = await spawnedBy(async () => {
      const { 'forced stop': forced, ...parts } = await live('koffi cannot be loaded');
      const beginning = { shell: ['listeners', 'identify', 'identify'], shells: 1 };
      assert.deepEqual(parts, {
        start: beginning,
        stop: { shell: ['identify', 'processes', 'processes', 'listeners'], shells: 1 },
        'second start': beginning,
        idle: { shell: [], shells: 1 },
        reload: { shell: ['identify', 'identify'], shells: 1 },
      });
      assert.equal(forced?.shells, 1);
      // One before, six for the question of cmd, one each 3 s of the grace period, and two of the kill.
      assert.ok(shell.listedAt.length <= 13, `${shell.listedAt.length} in a stop that takes 10 s`);
      const pauses = shell.listedAt.slice(1).map((at, index) => at - (shell.listedAt[index] ?? 0));
      assert.ok(Math.min(...pauses) >= 2 * shellAnswerMs, `pauses of ${pauses.join(', ')} ms`);
    });
    assert.deepEqual(spawned, []);
  });

  it('go to netstat where neither can be used', async () => {
    const deaf = new FakeWindowsSource(() => undefined);
    const table = createWindowsPortTable(deaf, createWindowsProcessTable(deaf));
    const spawned = await spawnedBy(() => assert.rejects(table.listeners(8000)));
    assert.deepEqual(
      spawned.map((program) => program.split('\\').at(-1)),
      ['netstat.exe'],
    );
  });
});
