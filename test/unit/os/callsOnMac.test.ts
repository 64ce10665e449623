/** When ps, lsof and netstat are called on macOS, where each call is a process. */
import assert from 'node:assert/strict';
import { createDarwinPortTable } from '../../../src/os/portTable/darwin';
import { createDarwinProcessTable } from '../../../src/os/processTable/darwin';
import { macPrograms, startOf } from '../../support/fakes/macPrograms';
import { FakePids } from '../../support/fakes/pids';
import { serviceSpec } from '../../support/fakes/specs';
import { spawnedBy } from '../../support/spawned';
import { SystemScene } from './systemScene';

describe('calls on macOS', () => {
  const pids = new FakePids(startOf);
  let calls: readonly string[];
  let counted: number;
  let bind: 'free' | 'inUse';
  before(() => pids.install());
  after(() => pids.restore());

  const begin = (): SystemScene => {
    const { run, calls: made } = macPrograms(pids);
    calls = made;
    counted = 0;
    bind = 'free';
    return new SystemScene(
      pids,
      () => ({
        processTable: createDarwinProcessTable(run),
        portTable: {
          ...createDarwinPortTable(run),
          canBind: () => Promise.resolve({ kind: bind }),
        },
        stopsByTyping: false,
      }),
      serviceSpec(),
    );
  };
  /** What was called since the last time, by its first words. */
  const news = (): readonly string[] => {
    const fresh = calls.slice(counted).map((call) => call.replace(/ -o .*| -FpcuftdPnT$/, '').replace(/\d{9}/, 'PID'));
    counted = calls.length;
    return fresh;
  };
  const all = ['ps -axww', 'ps -axEww'];
  const one = 'ps -ww -p PID';

  it('are of ps, after a start, at a refused probe and for a stop; never between them, and never of lsof or netstat', async () => {
    const scene = begin();
    const { supervisor, world } = scene;
    const spawned = await spawnedBy(async () => {
      supervisor.start('web');
      await world.clock.turn(8000);
      assert.deepEqual([world.kind(), news()], ['running', [one, one, ...all, ...all]]);
      await world.clock.turn(600_000);
      assert.deepEqual([world.snapshot().health, news()], ['healthy', []], 'ten quiet minutes');
      world.prober.refuse(8000);
      await world.clock.turn(600_000);
      assert.deepEqual([world.snapshot().health, news()], ['unhealthy', [one, ...all, ...all]]);
      world.prober.answer(8000);
      await world.clock.turn(20_000);
      assert.deepEqual([world.snapshot().health, news()], ['healthy', []]);
      supervisor.stop('web');
      await world.clock.turn(9000);
      assert.deepEqual([world.kind(), news()], ['stopped', [one, ...all, one, ...all]]);
    });
    assert.deepEqual(spawned, []);
    supervisor.dispose();
  });

  it('are of lsof and netstat as well for a port that cannot be bound', async () => {
    const { supervisor, world } = begin();
    bind = 'inUse';
    supervisor.start('web');
    await world.clock.turn(100);
    assert.deepEqual(news(), ['lsof -nP -iTCP:8000 -sTCP:LISTEN', 'netstat -anl -p tcp']);
    supervisor.dispose();
  });
});
