/** What is below the row of a service, of real processes and ports. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { RowLooks } from '../../src/app/rowLook';
import { initialState } from '../../src/core/lifecycle/state';
import type { Service } from '../../src/core/lifecycle/state';
import { runVariable } from '../../src/core/model/process';
import type { ProcessIdentity } from '../../src/core/model/process';
import { systemClock as clock } from '../../src/os/clock';
import { serviceSpec } from '../support/fakes/specs';
import { Cleanup } from './support/cleanup';
import { freePort } from './support/servers';
import { portTable, processTable, trees } from './trees/support';

/** A server with a child that listens, too. */
const program = `
const { spawn } = require('node:child_process');
const [port, child] = process.argv.slice(1);
const rest = child === undefined ? [] : [['-e', process.env.PROGRAM, child]];
for (const args of rest) spawn(process.execPath, args, { stdio: 'inherit' });
require('node:http').createServer().listen(Number(port), '127.0.0.1', () => console.log(port));`;

describe('app/rowLook', () => {
  const cleanup = new Cleanup();
  const looks = new RowLooks({ clock, portTable, trees, processes: processTable, usage: processTable });
  afterEach(() => cleanup.run());

  async function server(marker: string, ...ports: readonly number[]): Promise<ProcessIdentity> {
    const env = { ...process.env, PROGRAM: program, [runVariable]: marker };
    const child = spawn(process.execPath, ['-e', program, ...ports.map(String)], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    cleanup.add(async () => {
      const tree = trees.open({ process: identity, marker });
      await tree.kill();
      tree.dispose();
    });
    let printed = '';
    while (!ports.every((port) => printed.includes(String(port)))) printed += String((await once(child.stdout, 'data'))[0]);
    const found = await processTable.identify(child.pid ?? 0);
    assert.ok(found.kind === 'known' && found.value !== undefined);
    const identity = found.value;
    return identity;
  }

  const running = (process: ProcessIdentity, run: string, port: number): Service => ({
    spec: serviceSpec('web', { port }),
    state: {
      ...initialState,
      lifecycle: { kind: 'running', run, process, startedAt: 0, readyAt: 0, terminal: 'attached', health: { kind: 'none' } },
    },
  });

  it('has every process of the tree with its memory, and every port that one of them listens on', async () => {
    const [port, other] = [await freePort(), await freePort()];
    const root = await server('row-look', port, other);
    const service = running(root, 'row-look', port);
    const first = await looks.look(service);
    assert.equal(first.processes.length, 2);
    assert.ok(first.processes.some(({ pid }) => pid === root.pid));
    assert.ok(first.processes.every(({ memory = 0, cpu }) => memory > 1_000_000 && cpu === undefined));
    assert.deepEqual(
      new Set(first.ports.map(({ port: each, holder, addresses }) => `${each} ${JSON.stringify(holder)} ${addresses.join()}`)),
      new Set([`${port} "own" 127.0.0.1`, `${other} "own" 127.0.0.1`]),
    );
    const second = await looks.look(service);
    assert.ok(second.processes.every(({ cpu }) => cpu !== undefined && cpu >= 0));
  });

  it('names the port of a debugger as such, unless the service has it itself', async () => {
    const [port, other] = [await freePort(), await freePort()];
    const script = `require('node:http').createServer().listen(${port}, '127.0.0.1', () => console.log('up'))`;
    const child = spawn(process.execPath, [`--inspect=127.0.0.1:${other}`, '-e', script], {
      env: { ...process.env, NODE_OPTIONS: '', [runVariable]: 'row-look-debug' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    cleanup.add(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    const found = await processTable.identify(child.pid ?? 0);
    assert.ok(found.kind === 'known' && found.value !== undefined);
    const { value: identity } = found;
    const holders = async (configured: number): Promise<string> => {
      const { ports } = await looks.look(running(identity, 'row-look-debug', configured));
      return ports.map(({ port: each, holder }) => `${each === port ? 'page' : 'inspector'} ${JSON.stringify(holder)}`).join();
    };
    assert.deepEqual(new Set((await holders(port)).split(',')), new Set(['page "own"', 'inspector "debugger"']));
    assert.deepEqual(new Set((await holders(other)).split(',')), new Set(['page "own"', 'inspector "own"']));
  });

  it('has the processor time of a service also when another one was looked at in between', async () => {
    const [port, other] = [await freePort(), await freePort()];
    const service = running(await server('row-look-one', port), 'row-look-one', port);
    const second = running(await server('row-look-two', other), 'row-look-two', other);
    for (const each of [service, second]) await looks.look(each);
    const { processes } = await looks.look(service);
    assert.deepEqual(
      processes.map(({ cpu }) => cpu !== undefined),
      [true],
    );
  });

  it('names the process of others that uses the port of a stopped service', async () => {
    const port = await freePort();
    const root = await server('row-look-other', port);
    const stopped: Service = { spec: serviceSpec('web', { port }), state: initialState };
    const { processes, ports } = await looks.look(stopped);
    assert.deepEqual(processes, []);
    const [only] = ports;
    assert.ok(ports.length === 1 && typeof only?.holder === 'object');
    assert.deepEqual(
      only.holder.processes.map(({ pid }) => pid),
      [root.pid],
    );
  });

  it('has neither for a service that has ended, and no port that is free', async () => {
    const port = await freePort();
    const root = await server('row-look-ended', port);
    const service = running(root, 'row-look-ended', port);
    await cleanup.run();
    assert.deepEqual(await looks.look(service), { processes: [], ports: [{ port, addresses: [], holder: 'none' }] });
  });
});
