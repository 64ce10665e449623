/** An agent in an integrated terminal uses svc: typed into a real terminal, over a reload of the window, and from a second window. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile } from './support/files';
import { freePorts } from './support/ports';

const server = "require('http').createServer((_, answer) => answer.end('ok')).listen(Number(process.argv[2]))";

describe('agents in a terminal', () => {
  let session: Session;
  let workbench: Workbench;
  let port: number;

  before(async () => {
    [port = 0] = await freePorts(1);
    const backend = { command: 'node server.cjs ${port}', port, health: '/' };
    session = await Session.start({ files: { 'server.cjs': server, [configFile]: { services: { backend } } } });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('backend');
    // The first time after its installation; later windows have it from the start.
    await until('svc to be installed', () => existsSync(script()));
  });

  after(() => session.stop());

  const script = (): string =>
    join(session.dataFolder, 'data', 'User', 'globalStorage', 'service-lifecycle.service-lifecycle', 'bin', 'svc');

  /** As another program of the same user runs it. */
  const svc = (...args: readonly string[]) => {
    const child = spawn(script(), args, { cwd: session.workspace, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (out += data.toString()));
    return new Promise<{ code: number | null; out: string }>((resolve) => child.once('close', (code) => resolve({ code, out })));
  };

  it('start a service with svc, and the row and its tooltip say who did it', async () => {
    await workbench.terminals.openNew();
    await workbench.terminals.type('clear; svc start backend');
    await workbench.terminals.waitForText(/backend: started, http:\/\/localhost:\d+\//);
    await workbench.services.rowWhere('backend', 'is healthy', (row) => row.label.includes('Healthy'));
    await workbench.terminals.type('clear; svc');
    await workbench.terminals.waitForText(/backend +Healthy +http:\/\/localhost:\d+\/ +\d+ +\w+ \(cli\)/);
  });

  it('wait for a service over a reload of the window', async () => {
    const waiting = svc('wait', 'backend', '--status', 'stopped', '--timeout', '90s');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await workbench.page.reload();
    await workbench.ready();
    await workbench.services.open();
    await workbench.services.rowWhere('backend', 'is healthy', (row) => row.label.includes('Healthy'));
    assert.match((await svc('logs', 'backend')).out, /^$|backend/);
    assert.equal((await svc('stop', 'backend')).code, 0);
    const { code, out } = await waiting;
    assert.equal(code, 0, out);
  });

  it('reach the service whichever of two windows supervises it', async () => {
    const second = await session.open();
    await second.services.open();
    await second.services.row('backend');
    assert.equal((await svc('start', 'backend')).code, 0);
    for (const each of [workbench, second])
      await each.services.rowWhere('backend', 'is healthy', (row) => row.label.includes('Healthy'));
    await workbench.page.close();
    await until('svc to reach the other window', async () => (await svc('list')).code === 0, 30_000);
    assert.equal((await svc('stop', 'backend')).code, 0);
  });
});
