/** What runs in terminals beside services is found below their shells, and only there. */
import assert from 'node:assert/strict';
import { readTerminalProcesses } from '../../../../src/app/diagnosis/terminalFacts';
import type { ProcessRow } from '../../../../src/core/model/process';
import { known, unavailable } from '../../../../src/core/model/process';
import { listener, row } from '../../core/diagnosis/sample';
import { healthy, running, service } from '../../core/views/samples';

describe('app: processes in terminals', () => {
  const rows: readonly ProcessRow[] = [
    row(10, { command: '/bin/bash --init-file /x/shellIntegration-bash.sh', ppid: 1 }),
    row(11, { command: 'node server.js 8001', ppid: 10 }),
    row(12, { command: 'node worker.js', ppid: 11 }),
    row(13, { command: 'node gone.js', ppid: 11, state: 'zombie' }),
    row(20, { command: 'bash -c "npm run build"', ppid: 1 }),
    row(21, { command: 'node build.js', ppid: 20 }),
    row(30, { command: '/bin/bash', ppid: 1 }),
    row(4711, { command: 'node server.js 8000', ppid: 30 }),
    row(40, { command: 'node elsewhere.js', ppid: 1 }),
  ];
  const terminals = [10, 20, 30].map((pid) => ({ pid, name: `terminal ${pid}` }));
  const world = (given: Partial<{ rows: readonly ProcessRow[] }> = {}) => ({
    processes: {
      list: () => Promise.resolve(known(given.rows ?? rows)),
      cwd: (pid: number) => Promise.resolve(pid === 11 ? known('/shop') : unavailable('')),
    },
    portTable: {
      portsOf: (pids: ReadonlySet<number>) => Promise.resolve(known(pids.has(11) ? [listener({ port: 8001, pids: [11] })] : [])),
    },
  });
  const read = (given: Parameters<typeof world>[0] = {}, open = terminals) =>
    readTerminalProcesses(open, [service(running(healthy))], world(given));

  it('finds what was started there, with its ports and folder, and no service, task or zombie', async () => {
    const found = await read();
    assert.equal(found.kind, 'known');
    assert.deepEqual(
      found.value.map(({ pid, ports, cwd, terminal }) => [pid, ports, cwd, terminal]),
      [
        [11, [8001], '/shop', 'terminal 10'],
        [12, [], undefined, 'terminal 10'],
      ],
    );
  });

  it('reads no process table without terminals', async () => {
    const found = await readTerminalProcesses([], [], {
      ...world(),
      processes: { ...world().processes, list: () => assert.fail() },
    });
    assert.deepEqual(found, known([]));
  });

  it('survives a circle of parents, and stops after 500 processes', async () => {
    const many = Array.from({ length: 2000 }, (_, index) =>
      row(100 + index, { ppid: index === 0 ? 10 : 99 + index, command: 'node x' }),
    );
    const circle = [row(10, { command: 'bash', ppid: 11 }), row(11, { ppid: 10, command: 'node a.js' }), ...many];
    const found = await read({ rows: circle });
    assert.ok(found.kind === 'known' && found.value.length <= 500 && found.value.length > 400);
  });
});
