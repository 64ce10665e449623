/** Editors, platforms and hosts: what keeps a service from starting or answering beside its own code. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { noRestarts } from '../../../src/core/lifecycle/state';
import type { Lifecycle, Service } from '../../../src/core/lifecycle/state';
import { createPortSight } from '../../../src/os/portSight';
import { createPortTable } from '../../../src/os/portTable/index';
import { createProcessTable } from '../../../src/os/processTable/index';
import { itOn, posix } from '../../support/systems';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { python } from '../support/services';
import { probe } from '../../unit/core/diagnosis/sample';
import { viteProgram } from './programs';
import { at, codesOf, describe as describeService, ended, expectVerdict, run, stopped, until200, verdicts } from './rig';

describe('diagnosis of editors, platforms and hosts', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('reports host-not-allowed for the Host header that Vite refuses, and nothing when it allows it', async () => {
    const headers = { Host: 'shop.test' };
    for (const allowed of ['[]', "['shop.test']"]) {
      const port = await freePort();
      const files = {
        'index.html': '<title>Shop</title>',
        'vite.config.mjs': `import { tmpdir } from 'node:os';\nexport default { cacheDir: tmpdir() + '/vite-' + process.pid,\n  server: { allowedHosts: ${allowed} } };\n`,
      };
      const command = `exec "$NODE" ${viteProgram} --host 127.0.0.1 --port ${port} --strictPort`;
      const config = { probe: { ...probe, target: { kind: 'http', address: '/' }, headers } } as const;
      const vite = await run({ command, files, port, config }, cleanup);
      await until200(port);
      const found = await verdicts(vite.service, vite.output());
      if (allowed !== '[]') assert.deepEqual(codesOf(found), []);
      else assert.equal(expectVerdict('host-not-allowed', found).actions[0]?.title, 'Open vite.config.mjs at Line 3');
    }
  });

  it('reports already-running with the pid of the other server (played: the output of Next 16.4)', async () => {
    const [port, otherPort] = [await freePort(), await freePort()];
    const other = await run(
      { command: `exec "$NODE" server.js`, files: { 'server.js': served(otherPort) }, port: otherPort },
      cleanup,
    );
    await until200(otherPort);
    const { pid } = other.started.root.process;
    const message = `⨯ Another next dev server is already running.\\n\\n- Local:        http://localhost:${otherPort}\\n- PID:          ${pid}\\n`;
    const second = await run({ command: `printf '${message}'; exit 1`, port }, cleanup);
    const verdict = expectVerdict('already-running', await verdicts(await ended(second), second.output()));
    assert.match(verdict.title, new RegExp(`: http://localhost:${otherPort} \\(pid ${pid}\\)\\.$`));
    assert.deepEqual(verdict.actions[0]?.arguments, [{ ...other.started.root.process }]);
  });

  it('reports script-policy (played: the output of PowerShell 5.1)', async () => {
    const message = String.raw`npm : File C:\\Program Files\\nodejs\\npm.ps1 cannot be loaded because running scripts is disabled on this system.`;
    const refused = await run({ command: `printf '${message}\\n'; exit 1`, port: await freePort() }, cleanup);
    const verdict = expectVerdict('script-policy', await verdicts(await ended(refused), refused.output()));
    assert.match(verdict.title, /so npm\.ps1 was refused/);
  });

  it('reports editor-forwarding for a port of the editor, and offers to end nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    cleanup.add(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const verdict = expectVerdict('editor-forwarding', await verdicts(downOn(port), []));
    assert.deepEqual(
      verdict.actions.map(({ title }) => title),
      ['Open Configuration', 'Start'],
    );
  });

  itOn(posix, 'reports port-closing for a port that is bound and not listening', async () => {
    const bound = `import socket, sys
s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); sys.stdin.read()`;
    const holder = spawn(python, ['-c', bound]);
    cleanup.add(() => void holder.kill('SIGKILL'));
    const [printed] = (await once(holder.stdout, 'data')) as [Buffer];
    const port = Number(printed.toString());
    const sight = createPortSight({ processTable: createProcessTable(), portTable: createPortTable() });
    assert.deepEqual(await sight.look(port), { kind: 'closing' });
    const waiting: Lifecycle = {
      kind: 'launching',
      run: 'r1',
      by: 'user',
      since: Date.now(),
      phase: { kind: 'portClosing', port },
    };
    expectVerdict('port-closing', await verdicts(at(downOn(port), waiting), []));
  });
});

const served = (port: number): string => `require('node:http').createServer((q, r) => r.end('ok')).listen(${port}, '127.0.0.1');`;

/** A service that does not run, in a folder without files. */
const downOn = (port: number): Service => ({
  spec: describeService(tmpdir(), port),
  state: { lifecycle: stopped, restarts: noRestarts },
});
