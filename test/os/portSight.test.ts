/** What the system shows of the processes that hold a port: who they are, what they descend from, and the run they were started for. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { known } from '../../src/core/model/process';
import { createPortSight } from '../../src/os/portSight';
import { createPortTable } from '../../src/os/portTable/index';
import { createProcessTable } from '../../src/os/processTable/index';
import { itOn, posix } from '../support/systems';
import { python } from './support/services';
import { until } from './support/until';

const sight = createPortSight({ processTable: createProcessTable(), portTable: createPortTable() });
const listen = 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => console.log(s.address().port));';

describe('os: portSight', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  it('describes the owner with its parents, and its run where the system shows environments', async () => {
    let output = '';
    const started = spawn(process.execPath, ['-e', listen], { env: { ...process.env, SERVICE_LIFECYCLE_RUN: 'run-7' } });
    child = started;
    started.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until('it prints its port', () => output.includes('\n'));
    const look = await sight.look(Number(output));
    assert.ok(look.kind === 'taken');
    const owner = look.owners[0] ?? assert.fail('It has no owner.');
    assert.deepEqual([look.owners.length, owner.process.pid, owner.isEditor], [1, started.pid, false]);
    assert.deepEqual(
      owner.lineage.slice(0, 2).map(({ pid }) => pid),
      [started.pid, process.pid],
    );
    assert.equal(owner.run, process.platform === 'linux' ? 'run-7' : owner.run);
    assert.match(owner.command, /createServer/);
  });

  it('recognizes a port of this very process, which no user would want to end', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await until('it listens', () => server.listening);
    const look = await sight.look((server.address() as AddressInfo).port);
    server.close();
    assert.deepEqual(look.kind === 'taken' && look.owners.map(({ isEditor }) => isEditor), [true]);
  });

  it('does not take a window that tries the port for its owner', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await until('it listens', () => server.listening);
    const looking = sight.look((server.address() as AddressInfo).port);
    setTimeout(() => server.close(), 200);
    assert.deepEqual(await looking, { kind: 'free' });
  });

  it('lists no sockets and no processes for a port that can be bound', async () => {
    const asked: string[] = [];
    const bind = (kind: 'free' | 'inUse') => ({
      ...createPortTable(),
      canBind: () => {
        asked.push('bind');
        return Promise.resolve({ kind });
      },
      listeners: () => {
        asked.push('list');
        return Promise.resolve(known([]));
      },
    });
    const processTable = createProcessTable();
    const look = (kind: 'free' | 'inUse') => createPortSight({ processTable, portTable: bind(kind) }).look(8000);
    assert.deepEqual([await look('free'), asked.splice(0)], [{ kind: 'free' }, ['bind']]);
    assert.equal((await look('inUse')).kind, 'closing');
    assert.deepEqual(asked.slice(0, 2), ['bind', 'list']);
  });

  itOn(posix, 'says of a port that is bound and not listening that it is closing, and that it is free afterwards', async () => {
    const bound = `import socket, sys
s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); sys.stdin.read()`;
    let output = '';
    const started = spawn(python, ['-c', bound]);
    child = started;
    started.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until('it prints its port', () => output.includes('\n'));
    assert.deepEqual(await sight.look(Number(output)), { kind: 'closing' });
    started.kill('SIGKILL');
    await until('the port is free', async () => (await sight.look(Number(output))).kind === 'free');
  });
});
