/** The adapter for macOS with the ps of this system: its options and columns are those of Linux as well. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { systemClock } from '../../../src/os/clock';
import { createDarwinProcessTable } from '../../../src/os/processTable/darwin';
import { createProcessTrees } from '../../../src/os/trees/index';
import { describeOn, posix } from '../../support/systems';
import { Cleanup } from '../support/cleanup';
import { start } from '../support/services';
import { until } from '../support/until';
import { portTable } from '../trees/support';

/** Its child sleeps, and is never waited for. */
const careless = `import os, time
pid = os.fork()
if pid == 0: os.execvp('sleep', ['sleep', '1000'])
open('pid', 'w').write(str(pid))
time.sleep(1000)
`;

describeOn(posix, 'processes by ps', () => {
  const cleanup = new Cleanup();
  const table = createDarwinProcessTable();
  afterEach(() => cleanup.run());

  const child = async () => {
    const { folder, root, living } = await start(
      { command: 'exec "$PYTHON" parent.py', files: { 'parent.py': careless } },
      cleanup,
    );
    await until('both run', () => living().length === 2 && existsSync(`${folder}/pid`));
    const identity = await table.identify(Number(readFileSync(`${folder}/pid`, 'utf8')));
    assert.ok(identity.kind === 'known' && identity.value !== undefined);
    return { identity: identity.value, parent: root.process.pid };
  };

  it('have the same identity in a list of all and alone', async () => {
    const { identity, parent } = await child();
    const rows = await table.list();
    assert.ok(rows.kind === 'known');
    const row = rows.value.find(({ pid }) => pid === identity.pid);
    assert.ok(row !== undefined);
    assert.deepEqual([row.born, row.ppid, row.state, row.command], [identity.born, parent, 'running', 'sleep 1000']);
    assert.ok(Math.abs(row.startedAt - Date.now()) < 20_000);
  });

  it('are ended also as zombies, and a kill that left one has left nothing', async () => {
    const { identity } = await child();
    const trees = createProcessTrees({ processTable: table, portTable, clock: systemClock });
    const tree = trees.open({ process: identity, marker: 'of-no-process' });
    cleanup.add(() => tree.dispose());
    const outcome = await tree.kill();
    assert.deepEqual(outcome, { killed: [identity.pid], left: [] });
    assert.ok(table.isAlive(identity), 'its pid exists until its parent has waited for it');
    assert.deepEqual(await table.identify(identity.pid), { kind: 'known', value: undefined });
    await tree.gone(AbortSignal.timeout(5000));
    let gone = 0;
    trees.watchExit(identity, () => (gone += 1));
    await until('its end is noticed', () => gone === 1, 3000);
  });
});
