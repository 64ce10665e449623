/** An agent in an integrated terminal uses svc: typed into a real terminal, over a reload of the window, and from a second window. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile } from './support/files';
import { freePorts } from './support/ports';
import { holdsFor, isHealthy, onlyProcess } from './support/observe';
import { stopSessions } from './support/sessions';
import { svcOf } from './support/svc';

const server = "require('http').createServer((_, answer) => answer.end('ok')).listen(Number(process.argv[2]))";

describe('the first start after the installation', () => {
  after(stopSessions);

  it('adds svc to the PATH without a restart of what runs, and has it in a new terminal when nothing runs', async () => {
    const [port = 0] = await freePorts(1);
    const backend = { role: 'backend', command: 'node server.cjs ${port}', port, health: { http: '/', interval: '200ms' } };
    const session = await Session.start({ files: { 'server.cjs': server, [configFile]: { services: { backend } } } });
    const workbench = await session.open();
    await workbench.services.open();
    await workbench.services.clickAction('backend', 'Start');
    await workbench.services.rowWhere('backend', 'is healthy', isHealthy, 60_000);
    const pid = await onlyProcess(session, /node server\.cjs/);
    await svcOf(session);
    await holdsFor(6000, async () => {
      const row = await workbench.services.row('backend');
      assert.ok(isHealthy(row), row.label);
      assert.equal(await onlyProcess(session, /node server\.cjs/), pid);
    });
    await workbench.services.clickAction('backend', 'Stop');
    await workbench.services.rowWhere('backend', 'is stopped', ({ state }) => state.startsWith('Stopped'), 30_000);
    await workbench.terminals.openNew();
    await workbench.terminals.type('clear; svc --version');
    await workbench.terminals.waitForText(/^\d+\.\d+\.\d+$/m);
  });
});

describe('agents in a terminal', () => {
  let session: Session;
  let workbench: Workbench;
  let port: number;
  let script: string;

  before(async () => {
    [port = 0] = await freePorts(1);
    const backend = { command: 'node server.cjs ${port}', port, health: '/' };
    session = await Session.start({ files: { 'server.cjs': server, [configFile]: { services: { backend } } } });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('backend');
    // The first time after its installation; later windows have it from the start.
    script = await svcOf(session);
  });

  after(() => session.stop());

  /** As another program of the same user runs it. */
  const svc = (...args: readonly string[]) => {
    const child = spawn(script, args, { cwd: session.workspace, stdio: ['ignore', 'pipe', 'pipe'] });
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
