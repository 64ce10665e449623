import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { existsSync } from 'node:fs';
import { createPortTable } from '../../../src/os/portTable/index';
import type { Listener } from '../../../src/core/model/process';
import { Cleanup } from '../support/cleanup';
import { freePort, listen, tcpServer } from '../support/servers';
import { start, type Started } from '../support/services';
import { until } from '../support/until';

/** Binds, then says so by a file; what is done with the socket follows. */
const bound = (port: number, then: string): string => `import os, socket, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1); s.bind(('127.0.0.1', ${port})); s.listen()
${then}
open('up%d' % os.getpid(), 'w').close()
time.sleep(1000)
`;

describe('port table', () => {
  const cleanup = new Cleanup();
  const table = createPortTable();
  afterEach(() => cleanup.run());

  async function listeners(port: number): Promise<readonly Listener[]> {
    const found = await table.listeners(port);
    assert.ok(found.kind === 'known');
    return found.value;
  }

  async function python(port: number, then: string): Promise<Started> {
    const started = await start({ command: 'exec "$PYTHON" s.py', files: { 's.py': bound(port, then) } }, cleanup);
    await until('it is up', () => started.living().every((pid) => existsSync(`${started.folder}/up${pid}`)));
    return started;
  }

  const idle = () => tcpServer(() => undefined);

  for (const [host, family] of [
    ['127.0.0.1', 4],
    ['0.0.0.0', 4],
    ['::1', 6],
    ['::', 6],
  ] as const) {
    it(`names who listens on ${host}`, async () => {
      const { port } = await listen(idle(), cleanup, host);
      const [found, ...others] = await listeners(port);
      assert.ok(found?.socket !== undefined);
      assert.deepEqual(
        { ...found, socket: '' },
        { port, address: host, family, socket: '', uid: process.getuid?.(), pids: [process.pid] },
      );
      assert.deepEqual(others, []);
      assert.equal((await table.canBind(port)).kind, 'inUse');
    });
  }

  it('names a server once that duplicates its socket', async () => {
    const port = await freePort();
    const { root } = await python(port, 'os.dup(s.fileno())');
    assert.deepEqual(
      (await listeners(port)).map(({ pids }) => pids),
      [[root.process.pid]],
    );
  });

  it('sees two servers on the two addresses of localhost', async () => {
    const { port } = await listen(idle(), cleanup, '127.0.0.1');
    await listen(idle(), cleanup, '::1', port);
    assert.deepEqual((await listeners(port)).map(({ address }) => address).sort(), ['127.0.0.1', '::1']);
  });

  it('finds nobody on a free port, which can be bound, also twice at a time', async () => {
    const port = await freePort();
    assert.deepEqual(await listeners(port), []);
    const both = await Promise.all([table.canBind(port), table.canBind(port)]);
    assert.deepEqual(both, [{ kind: 'free' }, { kind: 'free' }]);
  });

  it('shows one socket with all the processes that share it', async () => {
    const port = await freePort();
    const { living } = await python(port, 'os.fork() and os.fork()');
    const found = await listeners(port);
    assert.equal(found.length, 1);
    assert.deepEqual([...(found[0]?.pids ?? [])].sort(), [...living()].sort());
    assert.equal(living().length, 3);
  });

  it('shows two sockets that listen side by side', async () => {
    const port = await freePort();
    const one = await python(port, '');
    const two = await python(port, '');
    const found = await listeners(port);
    assert.equal(new Set(found.map(({ socket }) => socket)).size, 2);
    assert.deepEqual(found.flatMap(({ pids }) => pids).sort(), [one.root.process.pid, two.root.process.pid].sort());
  });

  it('tells the user of a process that is not ours', async function () {
    // Only root can become somebody else; elsewhere the owner is oneself, which the tests above look at.
    const other = process.getuid?.() === 0 ? 65534 : process.getuid?.();
    const port = await freePort();
    const started = await start(
      {
        command: 'exec "$PYTHON" s.py',
        files: { 's.py': `import os\nos.chmod('.', 0o777); os.setuid(${other})\n${bound(port, '')}` },
      },
      cleanup,
    );
    await until('it is up', () => existsSync(`${started.folder}/up${started.root.process.pid}`));
    assert.deepEqual(
      (await listeners(port)).map(({ uid }) => uid),
      [other],
    );
  });

  it('counts connections that pile up in CLOSE_WAIT', async () => {
    const port = await freePort();
    await python(port, '');
    for (let count = 0; count < 5; count++) {
      await new Promise<void>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.end(resolve));
        cleanup.add(() => void socket.destroy());
        socket.on('error', reject);
      });
    }
    await until('the server has five of them', async () => {
      const states = await table.connectionStates(port);
      return states.kind === 'known' && states.value.get('CLOSE_WAIT') === 5;
    });
    const states = await table.connectionStates(port);
    assert.ok(states.kind === 'known' && !states.value.has('LISTEN'));
  });

  it('names the processes that have connections open, without this one', async () => {
    const port = await freePort();
    await python(port, '');
    const own = connect(port, '127.0.0.1');
    cleanup.add(() => void own.destroy());
    const script = `const { connect } = require('node:net'); for (const _ of [1, 2]) connect(${port}, '127.0.0.1');`;
    const client = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
    cleanup.add(() => void client.kill('SIGKILL'));
    await until('its connections are there', async () => {
      const found = await table.clients(port);
      return found.kind === 'known' && found.value.get(client.pid ?? 0) === 2;
    });
    assert.deepEqual(await table.clients(port), { kind: 'known', value: new Map([[client.pid, 2]]) });
    assert.deepEqual(await table.clients(await freePort()), { kind: 'known', value: new Map() });
  });

  it('lists the ports of given processes only', async () => {
    const mine = await listen(idle(), cleanup);
    const port = await freePort();
    const { root } = await python(port, '');
    const found = await table.portsOf(new Set([root.process.pid]));
    assert.ok(found.kind === 'known');
    assert.deepEqual(
      found.value.map((each) => [each.port, each.pids]),
      [[port, [root.process.pid]]],
    );
    const both = await table.portsOf(new Set([root.process.pid, process.pid]));
    assert.ok(both.kind === 'known' && both.value.some((each) => each.port === mine.port));
    assert.deepEqual(await table.portsOf(new Set()), { kind: 'known', value: [] });
  });

  it('can bind over connections in TIME_WAIT', async () => {
    const server = await listen(
      tcpServer((socket) => void socket.end()),
      cleanup,
    );
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1');
      socket.resume().once('close', () => resolve());
    });
    await cleanup.run();
    assert.deepEqual(await table.canBind(server.port), { kind: 'free' });
  });
});
