/** Which process counts as the server that a run left in the background: never that of another terminal. */
import assert from 'node:assert/strict';
import { findDaemon } from '../../../src/app/run/findDaemon';
import type { Left } from '../../../src/app/run/findDaemon';
import { known } from '../../../src/core/model/process';
import type { ProcessRow } from '../../../src/core/model/process';
import { FakeClock } from '../../support/fakes/clock';
import { serviceSpec } from '../../support/fakes/specs';

/** A server in a session of its own, which does not carry the variable of the run. */
const server = (command: string): ProcessRow => ({
  pid: 99,
  ppid: 1,
  pgid: 99,
  sid: 99,
  born: 'b',
  startedAt: 1000,
  state: 'running',
  command,
});

/** `bindsAfter`: how many looks at the port find nothing. */
async function find(command: string, row: ProcessRow, bindsAfter = 0) {
  let looks = 0;
  const clock = new FakeClock();
  const tree = { members: () => Promise.resolve(known([])) } as unknown as Left['tree'];
  const listener = { port: 8000, address: '127.0.0.1', family: 4, socket: '1', pids: [row.pid] };
  const world = {
    clock,
    portTable: { listeners: () => Promise.resolve(known((looks += 1) > bindsAfter ? [listener] : [])) },
    processes: { list: () => Promise.resolve(known([row])) },
  } as unknown as Parameters<typeof findDaemon>[1];
  const found = findDaemon({ spec: serviceSpec('web', { command }), leader: 7, startedAt: 1000, tree }, world);
  await clock.turn(1000);
  return { process: await found, looks };
}

describe('app/run/findDaemon', () => {
  it('finds a daemon that has overwritten its environment, by its program and the time of its start', async () => {
    const { process } = await find('nginx -p .', server('nginx: master process nginx -p .'));
    assert.deepEqual(process, { pid: 99, born: 'b' });
  });

  it('does not take a server of another terminal for it, started at the same moment on the same port', async () => {
    assert.equal((await find('node server.js', server('node other.js'))).process, undefined);
  });

  it('waits half a second for the port of a daemon, and not for that of a server that has crashed', async () => {
    const late = await find('redis-server --daemonize yes', server('redis-server *:8000'), 5);
    assert.deepEqual(late.process, { pid: 99, born: 'b' });
    assert.equal((await find('redis-server --daemonize yes', server('redis-server *:8000'), 50)).process, undefined);
    assert.deepEqual(await find('node server.js', server('node server.js'), 5), { process: undefined, looks: 1 });
  });
});
