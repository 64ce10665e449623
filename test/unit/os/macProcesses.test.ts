import assert from 'node:assert/strict';
import { createDarwinProcessTable } from '../../../src/os/processTable/darwin';
import { membersOf } from '../../../src/os/trees/membership';
import { createSnapshot } from '../../../src/os/trees/snapshot';
import { captured, macTools, type Printed } from '../../support/captures';

const tableOf = (print: (call: string) => Printed) => createDarwinProcessTable(macTools(print).run);

/** As `ps -p` prints one process: the heading and its line. */
const only = (pid: number): string => {
  const [heading = '', ...lines] = captured('macos/ps.txt').split('\n');
  return [heading, ...lines.filter((line) => line.trim().startsWith(`${pid} `))].join('\n');
};

describe('the process table of macOS', () => {
  it('reads every line of ps: apps with spaces in their names, titles, letters that are not ASCII, and what is ending', async () => {
    const rows = await tableOf(() => ({ stdout: captured('macos/ps.txt') })).list();
    assert.ok(rows.kind === 'known');
    assert.deepEqual(
      rows.value.map(({ pid, ppid, pgid, state, command }) => [pid, ppid, pgid, state, command]),
      [
        [1, 0, 1, 'running', '/sbin/launchd'],
        [311, 1, 311, 'running', '/System/Library/CoreServices/ControlCenter.app/Contents/MacOS/ControlCenter'],
        [2207, 1, 2207, 'running', '/Applications/Visual Studio Code.app/Contents/MacOS/Electron'],
        [2260, 2207, 2260, 'running', 'Code Helper (Plugin): extension-host (shop) [1-3]'],
        [61844, 2260, 61844, 'running', '/bin/zsh -l'],
        [61851, 61844, 61851, 'running', 'node --title=(x)  server.js --port 8000'],
        [61852, 61851, 61851, 'zombie', '<defunct>'],
        [61853, 61851, 61851, 'zombie', '(esbuild)'],
        [61854, 61851, 61851, 'running', '/Users/jürgen/Büro/.venv/bin/python -m uvicorn main:app'],
        [61855, 61851, 61855, 'stopped', '(sleep)'],
        [99998, 1, 99998, 'running', '(Google Chrome He)'],
        [99999, 61851, 61851, 'running', ''],
      ],
    );
    const starts = rows.value.map(({ born, startedAt }) => [born, startedAt]);
    assert.deepEqual(starts[5], ['Mon Nov 23 09:05:01 2026', Date.UTC(2026, 10, 23, 9, 5, 1)]);
    assert.deepEqual(starts[0], ['Mon Nov 2 06:58:04 2026', Date.UTC(2026, 10, 2, 6, 58, 4)]);
    assert.deepEqual(starts[7], ['unverified', 0]);
  });

  it('identifies a process by pid and start time, and takes a zombie for ended', async () => {
    const identify = (pid: number) => tableOf(() => ({ stdout: only(pid) })).identify(pid);
    assert.deepEqual(await identify(61851), { kind: 'known', value: { pid: 61851, born: 'Mon Nov 23 09:05:01 2026' } });
    assert.deepEqual(await identify(61852), { kind: 'known', value: undefined });
    assert.deepEqual(await identify(61853), { kind: 'known', value: undefined });
  });

  it('has no process where ps prints its heading only and ends with 1', async () => {
    assert.deepEqual(await tableOf(() => ({ exitCode: 1, stdout: only(7) })).identify(7), { kind: 'known', value: undefined });
  });

  it('takes nobody for ended where ps refuses, or prints what cannot be read', async () => {
    const chinese = { stdout: captured('macos/ps-chinese.txt') };
    const refused = {
      exitCode: 1,
      stderr: 'ps: sess: keyword not found\nps: no valid keywords; valid keywords:\n%cpu %mem acflag\n',
    };
    for (const printed of [chinese, refused, {}]) {
      const table = tableOf(() => printed);
      assert.equal((await table.list()).kind, 'unavailable', JSON.stringify(printed));
      assert.equal((await table.identify(61851)).kind, 'unavailable');
    }
  });

  it('leaves zombies out of the members of a service', async () => {
    const rows = await tableOf(() => ({ stdout: captured('macos/ps.txt') })).scan();
    assert.ok(rows.kind === 'known');
    const snapshot = createSnapshot(rows.value, { markers: new Map(), self: 2260, browsers: new Set() });
    const leader = { pid: 61851, born: 'Mon Nov 23 09:05:01 2026' };
    const members = membersOf(snapshot, 'run-1', new Map([['leader', leader]]));
    assert.deepEqual(
      members.map(({ pid }) => pid),
      [61851, 61854, 61855, 99999],
    );
  });

  it('reads the folder of a process, also where lsof encodes its letters', async () => {
    for (const file of ['macos/lsof-cwd.txt', 'macos/lsof-cwd-ascii.txt'])
      assert.deepEqual(await tableOf(() => ({ stdout: captured(file) })).cwd(61854), {
        kind: 'known',
        value: '/Users/jürgen/Büro/my shop',
      });
    const literal = { stdout: 'p7\nfcwd\nn/Users/x/\\xff\n' };
    assert.deepEqual(await tableOf(() => literal).cwd(7), { kind: 'known', value: '/Users/x/\\xff' });
    assert.equal((await tableOf(() => ({ exitCode: 1 })).cwd(7)).kind, 'unavailable');
  });
});
