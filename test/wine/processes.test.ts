/**
 * What Wine answers differently from Windows, so that it is not proven here: the folder of a process ends with a backslash there as well,
 * but a program that is denied is so by an access list of its own, and not as one of another user or of the system.
 */
import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createWindowsProcessTable } from '../../src/os/processTable/windows';
import { helperModule, nativeSource } from './source';
import { idle, identityOf, Programs, spawning, until } from './programs';

describe('processes on Windows, by calls of the system', function () {
  this.timeout(60_000);
  const source = nativeSource();
  const table = createWindowsProcessTable(source);
  const programs = new Programs();
  afterEach(() => programs.end());

  const rowOf = async (pid: number) => {
    const rows = await table.scan();
    assert.ok(rows.kind === 'known', rows.kind === 'unavailable' ? rows.why : '');
    return rows.value.find((row) => row.pid === pid);
  };

  it('are listed with their parents, this one and its children among them', async () => {
    const pid = await programs.node(idle);
    const row = await rowOf(pid);
    assert.equal(row?.ppid, process.pid);
    assert.equal((await rowOf(process.pid))?.ppid, process.ppid);
  });

  it('have the same identity in the list and on request, which another process never has', async () => {
    const [one, other] = [await programs.node(idle), await programs.node(idle)];
    const [first, second] = [await identityOf(table, one), await identityOf(table, other)];
    assert.equal(first.born, (await rowOf(one))?.born);
    assert.notEqual(first.born, second.born);
    assert.deepEqual(await identityOf(table, one), first);
  });

  it('have the time of their start', async () => {
    const before = Date.now();
    const row = await rowOf(await programs.node(idle));
    const after = Date.now();
    // The clock of Windows counts in steps of up to 16 ms.
    assert.ok(row !== undefined && row.startedAt >= before - 100 && row.startedAt <= after + 100, `${row?.startedAt} ${before}`);
  });

  it('have the processor time and the memory that they use', async () => {
    const own = await identityOf(table, process.pid);
    const before = process.cpuUsage();
    const usages = await table.usage([own, { ...own, born: '1' }]);
    assert.ok(usages.kind === 'known', usages.kind === 'unavailable' ? usages.why : '');
    const [usage, ...others] = usages.value;
    assert.ok(usage !== undefined && others.length === 0);
    // Wine counts less for another process than that process for itself (340 of 730 ms).
    const most = (before.user + before.system) / 1000 + 60_000;
    assert.ok(usage.cpuMs > 0 && usage.cpuMs < most, `${usage.cpuMs} ms`);
    assert.ok(usage.memory > 5_000_000 && usage.memory < 5_000_000_000, `${usage.memory} bytes`);
  });

  it('have whole command lines, with quotes and letters that are not ASCII', async () => {
    const long = 'x'.repeat(2000);
    const row = await rowOf(await programs.node(idle, ['ärger "quoted" 日本', long]));
    assert.match(row?.command ?? '', /node\.exe"? -e .* "ärger \\"quoted\\" 日本" x{2000}$/);
  });

  it('carry the marker of their run, whatever the size of their environment, and so do their children', async () => {
    const env = { SERVICE_LIFECYCLE_RUN: 'run-1', BIG: 'y'.repeat(20_000) };
    const pid = await programs.node(spawning(idle, idle), [], { env });
    const child = await until('the child runs', async () => {
      const rows = await table.scan();
      return rows.kind === 'known' ? rows.value.find((row) => row.ppid === pid && programs.isRunning(row.pid)) : undefined;
    });
    // Windows makes a process before it hands the environment over.
    const markers = await until('both have their environment', async () => {
      const rows = await table.scan();
      const found = rows.kind === 'known' ? await table.markers(rows.value) : new Map<number, string>();
      return found.has(pid) && found.has(child.pid) ? found : undefined;
    });
    assert.deepEqual([markers.get(pid), markers.get(child.pid), markers.get(process.pid)], ['run-1', 'run-1', undefined]);
    await table.end?.(child);
  });

  it('have a folder', async () => {
    const cwd = realpathSync.native(tmpdir());
    const pid = await programs.node(idle, [], { cwd });
    assert.deepEqual(await table.cwd(pid), { kind: 'known', value: cwd });
  });

  it('are gone when no process has the pid', async () => {
    const pid = await programs.node('');
    await until('it ends', async () => ((await rowOf(pid)) === undefined ? true : undefined));
    assert.deepEqual(await table.identify(pid), { kind: 'known', value: undefined });
    assert.deepEqual(await source.ask<'identify'>({ kind: 'identify', pid: 99_996 }), { kind: 'known', value: 'gone' });
  });

  it('may refuse to be looked at and to be ended, which is no end of theirs', async () => {
    const pid = await programs.node(refusing(join(dirname(helperModule), `koffi-win32-${process.arch}.node`)));
    await until('it refuses', async () => {
      const identity = await table.identify(pid);
      return identity.kind === 'unavailable' ? true : undefined;
    });
    assert.deepEqual(await source.ask<'identify'>({ kind: 'identify', pid }), { kind: 'known', value: 'denied' });
    assert.deepEqual(await source.ask<'end'>({ kind: 'end', pid, born: '13440130765995037' }), {
      kind: 'known',
      value: 'refused',
    });
    assert.deepEqual(await source.ask<'parameters'>({ kind: 'parameters', pid }), { kind: 'known', value: null });
    const row = await rowOf(pid);
    assert.deepEqual([row?.born, row?.command], ['unverified', '[node.exe]']);
  });
});

/** A program that takes all rights to itself away from everyone, by an empty access list. */
const refusing = (koffi: string): string => `
  const native = require(${JSON.stringify(koffi)});
  const advapi = native.load('advapi32.dll');
  const convert = advapi.func('int32_t __stdcall ConvertStringSecurityDescriptorToSecurityDescriptorW(str16 text, uint32_t revision, _Out_ uint8_t *descriptor, int64_t size)');
  const protect = advapi.func('int32_t __stdcall SetKernelObjectSecurity(int64_t object, uint32_t information, int64_t descriptor)');
  const descriptor = Buffer.alloc(8);
  convert('D:P', 1, descriptor, 0);
  protect(-1, 4, descriptor.readBigInt64LE());
  ${idle}`;
