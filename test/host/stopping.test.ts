/** "Stopped" means that no process of the tree is alive, and that the port is free. */
import assert from 'node:assert/strict';
import { itOn, posix } from '../support/systems';
import { isAlive } from '../support/processes';
import { about, canBind, freePort, server } from './support/server';
import { cleanUp, configure, record, unique } from './support/services';

describe('a stop', () => {
  let id: string;
  let port: number;

  beforeEach(async () => {
    id = unique('web');
    port = await freePort();
  });

  afterEach(cleanUp);

  it('settles when the process and its children, which get the signal too, are gone and the port is free', async () => {
    const api = await configure({ [id]: server(port, { env: { CHILDREN: '2' }, stopGracePeriod: '20s' }) });
    await api.start(id);
    const { pid, children } = await about(port);
    assert.deepEqual([children.length, children.filter(isAlive)], [2, children]);
    const asked = Date.now();
    const stopped = await api.stop(id);
    assert.deepEqual([pid, ...children].filter(isAlive), []);
    assert.equal(await canBind(port), true);
    assert.deepEqual([stopped.lifecycle, stopped.health, stopped.pid, stopped.reason], ['stopped', 'none', undefined, undefined]);
    assert.ok(Date.now() - asked < 10_000, 'the grace period was not needed');
  });

  it('ends processes that left the process group, after the grace period', async () => {
    const api = await configure({ [id]: server(port, { env: { CHILDREN: '2', DETACHED: '1' }, stopGracePeriod: '500ms' }) });
    await api.start(id);
    const { pid, children } = await about(port);
    assert.deepEqual([children.length, children.filter(isAlive)], [2, children]);
    const stopped = await api.stop(id);
    assert.deepEqual([pid, ...children].filter(isAlive), []);
    assert.equal(stopped.lifecycle, 'stopped');
    for (const child of children) assert.match(stopped.reason ?? '', new RegExp(`and was killed: pids .*\\b${child}\\b`));
  });

  it('sends the signal first, kills after the grace period, and reports it', async () => {
    const api = await configure({ [id]: server(port, { env: { IGNORE_SIGINT: '1' }, stopGracePeriod: '600ms' }) });
    const { pid } = await api.start(id);
    assert.ok(pid !== undefined);
    const { seen, stop } = await record(id);
    const asked = Date.now();
    const stopped = await api.stop(id);
    stop();
    assert.ok(Date.now() - asked >= 600, 'the grace period is given');
    assert.equal(isAlive(pid), false);
    assert.equal(stopped.lifecycle, 'stopped');
    const way = process.platform === 'win32' ? 'Ctrl+C' : 'SIGINT';
    assert.equal(stopped.reason, `Did not exit within 600 ms of ${way} and was killed: pid ${pid}.`);
    assert.ok(seen.some(({ reason }) => reason === `Waiting for it to exit (${way})…`));
    assert.ok(seen.some(({ reason }) => reason?.startsWith('Did not exit in time') === true));
    assert.equal(await canBind(port), true);
  });

  itOn(posix, 'uses the configured signal', async () => {
    const api = await configure({
      [id]: server(port, { env: { IGNORE_SIGINT: '1' }, stopSignal: 'SIGTERM', stopGracePeriod: '20s' }),
    });
    await api.start(id);
    const asked = Date.now();
    const stopped = await api.stop(id);
    assert.equal(stopped.lifecycle, 'stopped');
    assert.equal(stopped.reason, undefined);
    assert.ok(Date.now() - asked < 10_000, 'the grace period was not needed');
  });

  it('runs the stop command when there is one', async () => {
    const stopCommand = `node -e "fetch('http://127.0.0.1:\${port}/exit?value=0')"`;
    const api = await configure({ [id]: server(port, { env: { IGNORE_SIGINT: '1' }, stopCommand, stopGracePeriod: '20s' }) });
    const { pid } = await api.start(id);
    const asked = Date.now();
    const stopped = await api.stop(id);
    assert.equal(stopped.lifecycle, 'stopped');
    assert.ok(pid !== undefined && !isAlive(pid));
    assert.ok(Date.now() - asked < 10_000, 'the grace period was not needed');
  });
});
