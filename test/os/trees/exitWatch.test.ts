import assert from 'node:assert/strict';
import type { Clock } from '../../../src/app/ports';
import { unavailable } from '../../../src/core/model/process';
import { systemClock } from '../../../src/os/clock';
import { createExitWatch } from '../../../src/os/trees/exitWatch';
import { itOn } from '../../support/systems';
import { Cleanup } from '../support/cleanup';
import { start } from '../support/services';
import { until } from '../support/until';
import { processTable } from './support';

describe('exit watch', () => {
  const cleanup = new Cleanup();
  let armed = 0;
  const clock: Clock = {
    now: () => systemClock.now(),
    elapsed: () => systemClock.elapsed(),
    after(ms, call) {
      armed++;
      return systemClock.after(ms, call);
    },
  };
  const watch = createExitWatch(processTable, clock);
  afterEach(() => cleanup.run());

  it('tells of an exit and of a SIGKILL, once and soon', async () => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const { root, child } = await start({ command: 'exec sleep 1000' }, cleanup);
      let told = 0;
      watch(root.process, () => told++);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
      const at = performance.now();
      await until('it is told', () => told > 0, 2000);
      assert.ok(performance.now() - at < 500);
      const before = armed;
      await new Promise((resolve) => setTimeout(resolve, 60));
      assert.equal(told, 1);
      assert.equal(armed, before, 'without anybody to watch there is no timer');
    }
  });

  it('takes a zombie for gone', async () => {
    const zombie = `import os, time
pid = os.fork()
if pid == 0: time.sleep(1000)
open('pid', 'w').write(str(pid))
time.sleep(1000)
`;
    const { folder, living } = await start({ command: 'exec "$PYTHON" z.py', files: { 'z.py': zombie } }, cleanup);
    const { existsSync, readFileSync } = await import('node:fs');
    await until('both run', () => living().length === 2 && existsSync(`${folder}/pid`));
    const identity = await processTable.identify(Number(readFileSync(`${folder}/pid`, 'utf8')));
    assert.ok(identity.kind === 'known' && identity.value !== undefined);
    let told = false;
    const watching = watch(identity.value, () => (told = true));
    process.kill(identity.value.pid, 'SIGKILL');
    const isTold = (): boolean => {
      // Where a check shows only that the pid exists, a sign of an end is needed, such as a refused probe.
      if (process.platform !== 'linux') watching.suspect();
      return told;
    };
    await until('it is told', isTold, 8000);
  });

  it('takes a pid that another process got for gone', async () => {
    const { root } = await start({ command: 'exec sleep 1000' }, cleanup);
    let told = false;
    watch({ pid: root.process.pid, born: 'another' }, () => (told = true));
    await until('it is told', () => told, 2000);
  });

  it('takes nobody for gone when the table cannot be read', async () => {
    const { root, child } = await start({ command: 'exec sleep 1000' }, cleanup);
    const identify = () => Promise.resolve(unavailable('no rights'));
    const blind = createExitWatch({ ...processTable, identify }, clock);
    let told = false;
    blind(root.process, () => (told = true));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(told, false);
    child.kill('SIGKILL');
    await until('its end is told all the same', () => told, 3000);
  });

  it('tells nothing after it is disposed, and lets the others be watched', async () => {
    const one = await start({ command: 'exec sleep 1000' }, cleanup);
    const other = await start({ command: 'exec sleep 1000' }, cleanup);
    const told: string[] = [];
    watch(one.root.process, () => told.push('one')).dispose();
    watch(other.root.process, () => told.push('other'));
    one.child.kill('SIGKILL');
    await until('one is gone', () => one.living().length === 0);
    other.child.kill('SIGKILL');
    await until('the other is told', () => told.length > 0);
    assert.deepEqual(told, ['other']);
  });

  // On macOS the first look at each costs a process.
  itOn(['linux'], 'costs next to nothing for a hundred processes', async () => {
    const us = await processTable.identify(process.pid);
    assert.ok(us.kind === 'known' && us.value !== undefined);
    for (let count = 0; count < 100; count++) {
      const watching = watch(us.value, () => assert.fail('we are alive'));
      cleanup.add(() => watching.dispose());
    }
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 100_000, `${user + system} µs of CPU in a second`);
  });
});
