import assert from 'node:assert/strict';
import { createWindowsPortTable } from '../../../src/os/portTable/windows';
import { createWindowsProcessTable } from '../../../src/os/processTable/windows';
import { bornOfTicks, startOf, ticksOfBorn } from '../../../src/os/windows/born';
import type { ProcessFact, SocketFact } from '../../../src/os/windows/facts';
import type { Question } from '../../../src/os/windows/questions';
import { FakeWindowsSource } from '../../support/fakes/windowsSource';

const born = '13440130765995037';
/** No system here has a process with this pid. */
const deadPid = 999_999_999;
const alive = process.pid;

const socket = (fact: Partial<SocketFact>): SocketFact => ({
  family: 4,
  address: '127.0.0.1',
  port: 8000,
  remoteAddress: '0.0.0.0',
  remotePort: 0,
  state: 2,
  pid: alive,
  ...fact,
});

describe('the start time of a process on Windows', () => {
  it('is the same token whether the system or CIM shows it', () => {
    const ms = Date.UTC(2026, 4, 21, 10, 2, 57, 421);
    const ticks = 621_355_968_000_000_000n + BigInt(ms) * 10_000n;
    const token = bornOfTicks(String(ticks + 7n)) ?? '';
    assert.equal(token, bornOfTicks(String(ticks)));
    assert.equal(startOf(token), ms);
    assert.equal(ticksOfBorn(token), String(ticks));
  });

  it('is undefined for anything that is no time', () => {
    assert.equal(bornOfTicks(''), undefined);
    assert.equal(bornOfTicks('x'), undefined);
    assert.equal(startOf('unverified'), undefined);
    assert.equal(startOf(''), undefined);
  });
});

describe('the process table of Windows', () => {
  const rows: readonly ProcessFact[] = [
    { pid: 4, ppid: 0, name: 'System' },
    { pid: 50, ppid: 4, name: 'node.exe', born, command: 'node server.js', run: 'run-1' },
  ];
  const tableOf = (answer: (question: Question) => unknown) => {
    const source = new FakeWindowsSource(answer);
    return { table: createWindowsProcessTable(source), source };
  };

  it('has rows with command line and start, and the marker of the run', async () => {
    const { table } = tableOf(() => rows);
    const scanned = await table.scan();
    assert.ok(scanned.kind === 'known');
    assert.deepEqual(scanned.value, [
      { pid: 4, born: 'unverified', ppid: 0, state: 'running', command: '[System]', startedAt: 0 },
      { pid: 50, born, ppid: 4, state: 'running', command: 'node server.js', startedAt: startOf(born) },
    ]);
    assert.deepEqual([...(await table.markers(scanned.value))], [[50, 'run-1']]);
  });

  it('does not give the marker of a process to the next one with its pid', async () => {
    const { table } = tableOf(() => rows);
    const scanned = await table.scan();
    assert.ok(scanned.kind === 'known');
    const later = scanned.value.map((row) => ({ ...row, born: '13440130765995038' }));
    assert.equal((await table.markers(later)).size, 0);
  });

  it('identifies a process, and takes neither a refusal nor a crash of the helper for its end', async () => {
    const identify = async (answer: unknown) => tableOf(() => answer).table.identify(alive);
    assert.deepEqual(await identify({ born }), { kind: 'known', value: { pid: alive, born } });
    assert.deepEqual(await identify('gone'), { kind: 'known', value: undefined });
    assert.equal((await identify('denied')).kind, 'unavailable');
    assert.equal((await identify(undefined)).kind, 'unavailable');
  });

  it('asks nothing about a pid that no process has', async () => {
    const { table, source } = tableOf(() => assert.fail());
    assert.deepEqual(await table.identify(deadPid), { kind: 'known', value: undefined });
    assert.deepEqual(source.asked, []);
  });

  it('ends a process by pid and start time, and none whose start time was not read', async () => {
    const { table, source } = tableOf(() => 'ended');
    assert.deepEqual(await table.end?.({ pid: 50, born }), { kind: 'ended' });
    assert.deepEqual(source.asked, [{ kind: 'end', pid: 50, born }]);
    assert.equal((await table.end?.({ pid: 50, born: 'unverified' }))?.kind, 'refused');
    assert.equal(source.asked.length, 1);
  });

  it('has ended nothing when another process has the pid, and is refused when the helper crashes', async () => {
    assert.deepEqual(await tableOf(() => 'another').table.end?.({ pid: 50, born }), { kind: 'gone' });
    assert.equal((await tableOf(() => 'refused').table.end?.({ pid: 50, born }))?.kind, 'refused');
    assert.equal((await tableOf(() => undefined).table.end?.({ pid: 50, born }))?.kind, 'refused');
  });

  it('shows the folder of a process as paths are written', async () => {
    const cwd = async (folder: string) => tableOf(() => ({ command: 'x', cwd: folder })).table.cwd(50);
    assert.deepEqual(await cwd('C:\\shop\\api\\'), { kind: 'known', value: 'C:\\shop\\api' });
    assert.deepEqual(await cwd('C:\\'), { kind: 'known', value: 'C:\\' });
    assert.equal((await tableOf(() => null).table.cwd(50)).kind, 'unavailable');
  });

  it('looks in the background only while that is cheap', () => {
    const { table, source } = tableOf(() => rows);
    assert.ok(Number(table.backgroundScan) > 0);
    source.usable = false;
    assert.equal(table.backgroundScan, undefined);
  });
});

describe('the port table of Windows', () => {
  const tableOf = (sockets: readonly SocketFact[], rows: readonly ProcessFact[] = []) => {
    const source = new FakeWindowsSource(({ kind }) => (kind === 'processes' ? rows : sockets));
    return { table: createWindowsPortTable(source, createWindowsProcessTable(source)), source };
  };

  it('lists the listeners of a port on both families', async () => {
    const { table } = tableOf([
      socket({}),
      socket({ family: 6, address: '::1' }),
      socket({ port: 9000 }),
      socket({ state: 5, remoteAddress: '127.0.0.1', remotePort: 50_000 }),
    ]);
    assert.deepEqual(await table.listeners(8000), {
      kind: 'known',
      value: [
        { port: 8000, address: '127.0.0.1', family: 4, pids: [alive] },
        { port: 8000, address: '::1', family: 6, pids: [alive] },
      ],
    });
  });

  it('names the living children of a dead process as holders of the listener that it left', async () => {
    const { table, source } = tableOf(
      [socket({ pid: deadPid }), socket({ port: 9000 })],
      [
        { pid: alive, ppid: deadPid, name: 'python.exe', born },
        { pid: 70, ppid: 4, name: 'other.exe', born },
      ],
    );
    const listeners = await table.listeners(8000);
    assert.deepEqual(listeners.kind === 'known' && listeners.value.map(({ pids }) => pids), [[alive]]);
    const ports = await table.portsOf(new Set([alive]));
    assert.deepEqual(ports.kind === 'known' && ports.value.map(({ port }) => port), [8000, 9000]);
    source.asked.length = 0;
    await table.listeners(9000);
    assert.deepEqual(source.asked, [{ kind: 'listeners' }]);
  });

  it('keeps a listener whose dead owner left no child, and one without an owner', async () => {
    const { table } = tableOf([socket({ pid: deadPid }), socket({ pid: 0 })]);
    const listeners = await table.listeners(8000);
    assert.deepEqual(listeners.kind === 'known' && listeners.value.map(({ pids }) => pids), [[deadPid], []]);
  });

  it('counts connections by state, without listeners and what is only bound', async () => {
    const { table } = tableOf([2, 5, 5, 8, 11, 100].map((state) => socket({ state })));
    const states = await table.connectionStates(8000);
    assert.deepEqual(states.kind === 'known' && Object.fromEntries(states.value), {
      ESTABLISHED: 2,
      CLOSE_WAIT: 1,
      TIME_WAIT: 1,
    });
  });

  it('finds the clients of a port on this machine, without our own probes', async () => {
    const client = { state: 5, port: 50_000, remotePort: 8000, remoteAddress: '127.0.0.1' };
    const { table } = tableOf([
      socket({ ...client, pid: 70 }),
      socket({ ...client, pid: alive }),
      socket({ ...client, pid: 0 }),
      socket({ ...client, remoteAddress: '10.0.0.7', pid: 71 }),
    ]);
    const clients = await table.clients(8000);
    assert.deepEqual(clients.kind === 'known' && [...clients.value], [[70, 1]]);
  });
});
