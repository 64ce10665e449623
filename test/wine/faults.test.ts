import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createWindowsProcessTable } from '../../src/os/processTable/windows';
import { pidExists } from '../../src/os/system/existence';
import { powerShellTool } from '../../src/os/system/windowsTools';
import { withFallback } from '../../src/os/windows/sources';
import { itOn, system } from '../support/systems';
import { helperModule, nativeSource, powerShellSource } from './source';
import { idle, identityOf, Programs, until } from './programs';
import { makeFolder } from '../support/scratch';

describe('the helper process on Windows', function () {
  this.timeout(60_000);
  const programs = new Programs();
  afterEach(() => programs.end());

  /** Pids of the helpers that this process has started. */
  async function helpers(): Promise<readonly number[]> {
    const rows = await createWindowsProcessTable(nativeSource()).scan();
    assert.ok(rows.kind === 'known');
    return rows.value.flatMap(({ pid, ppid, command }) => (ppid === process.pid && command.includes('helper.js') ? [pid] : []));
  }

  it('gives "unavailable" when it is killed in the middle of a call, ends nothing, and is there again for the next one', async () => {
    const before = await helpers();
    const source = nativeSource();
    const table = createWindowsProcessTable(source);
    const pid = await programs.node(idle);
    const identity = await identityOf(table, pid);
    const mine = (await helpers()).filter((each) => !before.includes(each) && each !== pid);
    // So many that it cannot have answered all of them before it is killed.
    const looks = Array.from({ length: 200 }, () => source.ask<'processes'>({ kind: 'processes' }));
    // All that were started since: the one that looked for them, too.
    for (const each of mine) process.kill(each);
    assert.equal((await Promise.all(looks)).at(-1)?.kind, 'unavailable');
    assert.equal(source.isUsable(), true);
    assert.ok(pidExists(pid));
    assert.deepEqual(await identityOf(table, pid), identity);
  });

  it('ends with the process that asks it', async () => {
    const script = `const { fork } = require('node:child_process');
      const child = fork(${JSON.stringify(helperModule)}, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      child.once('message', () => setTimeout(() => process.exit(), 1500));`;
    const asker = await programs.node(script);
    const table = createWindowsProcessTable(nativeSource());
    const helper = await until('the helper runs', async () => {
      const rows = await table.scan();
      return rows.kind === 'known' ? rows.value.find(({ ppid }) => ppid === asker) : undefined;
    });
    await until('it has ended', () => (pidExists(helper.pid) ? undefined : true));
  });

  /** Under Wine it prints nothing and ends with code 0. */
  itOn(
    ['wine'],
    'says that it cannot be used where koffi is missing, and ends nothing without an answer of PowerShell',
    async () => {
      const folder = makeFolder('no-koffi');
      try {
        copyFileSync(helperModule, join(folder, 'helper.js'));
        const native = nativeSource(join(folder, 'helper.js'));
        const source = withFallback(native, powerShellSource());
        const table = createWindowsProcessTable(source);
        const pid = await programs.node(idle);
        const identity = await identityOf(createWindowsProcessTable(nativeSource()), pid);
        assert.equal((await table.identify(pid)).kind, 'unavailable');
        assert.equal(native.isUsable(), false);
        assert.equal((await table.scan()).kind, 'unavailable');
        assert.equal((await table.end?.(identity))?.kind, 'refused');
        assert.ok(pidExists(pid));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  itOn(['win32'], 'says that it cannot be used where koffi is missing, and PowerShell finds a process and ends it', async () => {
    const folder = makeFolder('no-koffi');
    try {
      copyFileSync(helperModule, join(folder, 'helper.js'));
      const native = nativeSource(join(folder, 'helper.js'));
      const table = createWindowsProcessTable(withFallback(native, powerShellSource()));
      const pid = await programs.node(idle);
      // Its start time is known to the microsecond there, so that it is not that of the other tests.
      const identity = await identityOf(table, pid);
      assert.equal(native.isUsable(), false);
      assert.deepEqual(await table.end?.(identity), { kind: 'ended' });
      await until('it has ended', () => (pidExists(pid) ? undefined : true));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is helped out by a PowerShell that is where we look for it, and in Wine says nothing with exit code 0', () => {
    const { status, stdout } = spawnSync(powerShellTool(), ['-NoProfile', '-Command', '1'], { encoding: 'utf8' });
    assert.deepEqual([status, stdout.trim()], [0, system === 'wine' ? '' : '1']);
  });
});
