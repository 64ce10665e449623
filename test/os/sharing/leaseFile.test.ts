/** Leases in real files, between real processes. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { contend } from '../../../src/app/sharing/lease';
import { FileLeases } from '../../../src/os/sharing/leaseFile';
import { createProcessTable } from '../../../src/os/processTable/index';
import { known } from '../../../src/core/model/process';
import { makeScratch, removeScratch } from '../../support/scratch';
import { itOn, notWine } from '../../support/systems';

const place = '/home/me/shop';
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const isWindows = process.platform === 'win32';
const contender = join(import.meta.dirname, 'contender.ts');

describe('os: lease files', function () {
  this.timeout(60_000);
  let folder: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => (folder = await makeScratch('leases')));
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await removeScratch(folder);
  });

  const leases = (): FileLeases => new FileLeases(join(folder, 'leases'), log);

  /** Each says how its contest went, and lives on. */
  async function contenders(count: number): Promise<readonly { readonly child: ChildProcess; readonly outcome: string }[]> {
    const started = Array.from({ length: count }, () =>
      spawn(process.execPath, ['--import', 'tsx', contender, join(folder, 'leases'), place], {
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
    children.push(...started);
    const lines = started.map((child) => createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    for (const line of lines) assert.equal((await line.next()).value, 'here');
    for (const child of started) child.stdin.write('go\n');
    return Promise.all(
      lines.map(async (line, index) => {
        const child = started[index];
        assert.ok(child);
        return { child, outcome: String((await line.next()).value) };
      }),
    );
  }

  // Under Wine no program can be started in TypeScript.
  itOn(
    notWine,
    'go to one of eight processes that contend at the same moment, and on to one of eight when that is killed',
    async () => {
      const first = await contenders(8);
      const winners = first.filter(({ outcome }) => outcome.startsWith('leads'));
      assert.equal(winners.length, 1, first.map(({ outcome }) => outcome).join());
      assert.ok(first.every(({ outcome }) => /leads 1|follows 1/.test(outcome)));
      const child = winners[0]?.child;
      child?.kill('SIGKILL');
      if (child !== undefined) await once(child, 'exit');
      const second = await contenders(8);
      assert.deepEqual(second.map(({ outcome }) => outcome).sort(), [...Array<string>(7).fill('follows 2'), 'leads 2']);
    },
  );

  it('are kept where only the user can read them, and leave no draft behind', () => {
    const holder = { pid: 1, born: 'b', window: 'w', address: { path: '/tmp/s', token: 'secret' } };
    assert.deepEqual(leases().claim(place, 1, holder), { kind: 'won' });
    const names = readdirSync(join(folder, 'leases'));
    assert.equal(names.length, 1);
    // Windows has no such bits: there the profile's folder is the user's own.
    for (const path of isWindows ? [] : [join(folder, 'leases'), join(folder, 'leases', names[0] ?? '')]) {
      assert.equal(statSync(path).mode & 0o077, 0, path);
    }
    assert.deepEqual(leases().read(place), known({ generation: 1, holder }));
  });

  it('are lost by whoever claims a number that was there, and by a claim that comes after a higher one', () => {
    const holder = { pid: 1, born: 'b', window: 'w' };
    assert.deepEqual(leases().claim(place, 1, holder), { kind: 'won' });
    assert.deepEqual(leases().claim(place, 1, holder), { kind: 'lost' });
    assert.deepEqual(leases().claim(place, 3, holder), { kind: 'won' });
    assert.deepEqual(leases().claim(place, 2, holder), { kind: 'lost' });
    assert.equal(readdirSync(join(folder, 'leases')).length, 2);
  });

  // Only Linux lets a process limit itself so.
  if (process.platform === 'linux')
    it('go to a window that has prepared for it although the disk is full, and are released there', () => {
      const holder = { pid: 1, born: 'b', window: 'w', address: { path: '/tmp/s', token: 'secret' } };
      const other = { ...holder, window: 'other' };
      leases().prepare(holder);
      const outcomes = onFullDisk(() => [
        leases().claim(place, 1, other).kind,
        leases().claim(place, 1, holder).kind,
        leases().claim(place, 1, holder).kind,
      ]);
      assert.deepEqual(outcomes, ['unavailable', 'won', 'lost']);
      assert.deepEqual(leases().read(place), known({ generation: 1, holder }));
      onFullDisk(() => leases().release(place, 1));
      assert.deepEqual(leases().read(place), known({ generation: 1, holder: undefined }));
      assert.deepEqual(leases().claim(place, 2, holder), { kind: 'won' });
      assert.deepEqual(leases().read(place), known({ generation: 2, holder }));
      leases().forget(holder);
      assert.ok(readdirSync(join(folder, 'leases')).every((name) => name.endsWith('.lease')));
    });

  it('keep their number when they are released', () => {
    const holder = { pid: 1, born: 'b', window: 'w' };
    leases().claim(place, 1, holder);
    leases().release(place, 1);
    assert.deepEqual(leases().read(place), known({ generation: 1, holder: undefined }));
    assert.deepEqual(leases().claim(place, 2, holder), { kind: 'won' });
  });

  it('count as released when their file was cut off or holds something else', () => {
    leases().claim(place, 1, { pid: 1, window: 'w' });
    const [name = ''] = readdirSync(join(folder, 'leases'));
    for (const text of ['', '{"pid":', '[]', '{"pid":"1","window":"w"}', 'null']) {
      writeFileSync(join(folder, 'leases', name), text);
      assert.deepEqual(leases().read(place), known({ generation: 1, holder: undefined }), text);
    }
  });

  it('cannot be claimed where no folder can be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    const nowhere = new FileLeases(join(folder, 'file', 'leases'), log);
    const contest = await contend(place, { pid: process.pid, window: 'w' }, 'contender', {
      leases: nowhere,
      processes: createProcessTable(),
    });
    assert.equal(contest.kind, 'unavailable');
  });
});

/** The system refuses every byte in files of this process, as a full disk does (EFBIG instead of ENOSPC). */
function onFullDisk<T>(action: () => T): T {
  const limit = (size: string): void => {
    execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${size}:unlimited`], { stdio: 'pipe' });
  };
  limit('0');
  try {
    return action();
  } finally {
    limit('unlimited');
  }
}
