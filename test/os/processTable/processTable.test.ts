import assert from 'node:assert/strict';
import { readFileSync, realpathSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createProcessTable } from '../../../src/os/processTable/index';
import { createMarkerReader } from '../../../src/os/processTable/linuxMarkers';
import { itOn } from '../../support/systems';
import { Cleanup } from '../support/cleanup';
import { start } from '../support/services';
import { until } from '../support/until';
import { makeFolder } from '../../support/scratch';

type Reader = ReturnType<typeof createMarkerReader>;

describe('process table', () => {
  const cleanup = new Cleanup();
  const table = createProcessTable();
  afterEach(() => cleanup.run());

  it('lists a process with parent, group, session, command and start', async () => {
    const before = Date.now();
    const { root } = await start({ command: 'exec sleep 1000' }, cleanup);
    await until('sleep runs', async () => {
      const rows = await table.list();
      assert.ok(rows.kind === 'known');
      return rows.value.some(({ pid, command }) => pid === root.process.pid && command === 'sleep 1000');
    });
    const rows = await table.list();
    assert.ok(rows.kind === 'known');
    const row = rows.value.find(({ pid }) => pid === root.process.pid);
    assert.ok(row !== undefined);
    assert.equal(row.born, root.process.born);
    assert.deepEqual([row.ppid, row.pgid, row.state], [process.pid, row.pid, 'running']);
    // ps of macOS has no numbers of sessions.
    assert.equal(row.sid, process.platform === 'linux' ? row.pid : undefined);
    assert.ok(Math.abs(row.startedAt - before) < 1500, `started ${row.startedAt - before} ms later`);
  });

  it('reads what a process uses, and nothing of another one with its pid', async () => {
    const own = await table.identify(process.pid);
    assert.ok(own.kind === 'known' && own.value !== undefined);
    const usages = await table.usage([own.value, { ...own.value, born: 'another' }]);
    assert.ok(usages.kind === 'known');
    const [usage, ...others] = usages.value;
    assert.ok(usage !== undefined && others.length === 0);
    // Both are read a moment apart, and memory grows in between.
    const [ratio, used] = [usage.memory / process.memoryUsage.rss(), process.cpuUsage()];
    assert.ok(ratio > 0.5 && ratio < 2, `memory is ${ratio} of what Node reports`);
    assert.ok(Math.abs(usage.cpuMs - (used.user + used.system) / 1000) < 1000, `${usage.cpuMs} ms`);
  });

  it('identifies who lives, and nobody else', async () => {
    const { root, child } = await start({ command: 'exec sleep 1000' }, cleanup);
    assert.deepEqual(await table.identify(root.process.pid), { kind: 'known', value: root.process });
    assert.ok(table.isAlive(root.process));
    // Elsewhere the start time costs a process to read.
    if (process.platform === 'linux') assert.ok(!table.isAlive({ ...root.process, born: 'another' }));
    child.kill('SIGKILL');
    await until('it is gone', () => !table.isAlive(root.process));
    assert.deepEqual(await table.identify(root.process.pid), { kind: 'known', value: undefined });
  });

  it('tells the folder', async () => {
    const { root, folder } = await start({ command: 'exec sleep 1000' }, cleanup);
    assert.deepEqual(await table.cwd(root.process.pid), { kind: 'known', value: realpathSync(folder) });
    assert.equal((await table.cwd(2 ** 22 + 1)).kind, 'unavailable');
  });

  // On macOS nobody sees the environment of its shells.
  itOn(['linux'], 'finds the run marker that a process inherited', async () => {
    const { root, living } = await start({ command: 'sleep 1000; true' }, cleanup);
    await until('both run', () => living().length === 2);
    const rows = await table.scan();
    assert.ok(rows.kind === 'known');
    const markers = await table.markers(rows.value);
    const ours = [...markers].filter(([, marker]) => marker === root.marker).map(([pid]) => pid);
    assert.deepEqual(ours.sort(), [...living()].sort());
  });

  itOn(['linux'], 'looks again for the marker of a process that was seen before its exec', async () => {
    // Until its exec a process shows the environment of its parent.
    const scratch = makeFolder('marker');
    cleanup.add(() => rm(scratch, { recursive: true, force: true }));
    const go = join(scratch, 'go');
    const late = `while [ ! -e ${go} ]; do sleep 0.05; done; SERVICE_LIFECYCLE_RUN=late exec sleep 1000`;
    const { root } = await start({ command: `exec env -u SERVICE_LIFECYCLE_RUN sh -c '${late}'` }, cleanup);
    cleanup.add(() => void process.kill(root.process.pid, 'SIGKILL'));
    const { pid } = root.process;
    const environment = (): string => readFileSync(`/proc/${pid}/environ`, 'utf8');
    await until('it has lost the marker that it was started with', () => !environment().includes('SERVICE_LIFECYCLE_RUN='));
    const rows = await table.scan();
    const row = rows.kind === 'known' ? rows.value.find((each) => each.pid === pid) : undefined;
    assert.ok(row !== undefined);
    const read = async (reader: Reader) => (await reader([row])).get(pid);
    const [young, old] = [10, 2001].map((age) => createMarkerReader(() => row.startedAt + age)) as [Reader, Reader];
    assert.deepEqual([await read(young), await read(old)], [undefined, undefined]);
    await writeFile(go, '');
    await until('it has its marker', () => environment().includes('SERVICE_LIFECYCLE_RUN=late'));
    assert.equal(await read(young), 'late');
    assert.equal(await read(old), undefined, 'a process of that age has done its exec');
  });
});
