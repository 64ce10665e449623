import assert from 'node:assert/strict';
import type { BindOutcome, PortTable } from '../../../src/app/ports';
import { known, unavailable } from '../../../src/core/model/process';
import type { Listener, Reading } from '../../../src/core/model/process';
import { departure } from '../../../src/os/trees/departure';
import type { Members } from '../../../src/os/trees/parts';
import { FakeClock } from '../../support/fakes/clock';
import { processTable } from './support';

const members: Members = {
  root: { process: { pid: 4711, born: 'b' }, marker: 'r1', port: 8000 },
  look: () => Promise.resolve(known({ members: [], groups: new Set<number>() })),
  anyAlive: () => false,
  remembered: () => [],
};

const holder: Listener = { port: 8000, address: '127.0.0.1', family: 4, socket: '1', pids: [99] };

const noPorts: PortTable = {
  listeners: () => Promise.resolve(known([])),
  portsOf: () => Promise.resolve(known([])),
  connectionStates: () => Promise.resolve(known(new Map())),
  clients: () => Promise.resolve(known(new Map())),
  canBind: () => Promise.resolve({ kind: 'free' }),
};

/** Looks that are taken in 9 s while a process lives. */
async function looksAt(backgroundScan: number | undefined): Promise<number> {
  const clock = new FakeClock();
  const abort = new AbortController();
  let looks = 0;
  const alive: Members = {
    ...members,
    look: () => {
      looks++;
      return members.look().then(() => unavailable('PowerShell is busy.'));
    },
    anyAlive: () => true,
  };
  const gone = departure(alive, { processTable: { ...processTable, backgroundScan }, portTable: noPorts, clock }, abort.signal);
  await clock.turn(8900);
  abort.abort();
  await assert.rejects(gone);
  return looks;
}

describe('the wait for the processes of a service', () => {
  it('looks for new ones seldom where a look is costly', async () => {
    assert.equal(await looksAt(undefined), 3);
    assert.ok((await looksAt(3000)) > 30);
  });
});

/** Asks what became of the port, whose state is the same at every look. */
async function portAfter(bind: BindOutcome, listeners: Reading<readonly Listener[]>) {
  const none = () => Promise.resolve(known([]));
  const portTable: PortTable = {
    listeners: () => Promise.resolve(listeners),
    portsOf: none,
    connectionStates: () => Promise.resolve(known(new Map())),
    clients: () => Promise.resolve(known(new Map())),
    canBind: () => Promise.resolve(bind),
  };
  const clock = new FakeClock();
  const found = departure(members, { processTable, portTable, clock }, new AbortController().signal);
  await clock.turn(10_000);
  return { found: await found, waitedMs: clock.elapsed() };
}

describe('the departure of a service from its port', () => {
  it('is not over while somebody unseen holds the port', async () => {
    for (const unseen of [known([]), unavailable('no rights')]) {
      const { found } = await portAfter({ kind: 'inUse' }, unseen);
      assert.deepEqual(found, { portFree: false, holders: [] });
    }
  });

  it('names who holds the port', async () => {
    const { found } = await portAfter({ kind: 'inUse' }, known([holder]));
    assert.deepEqual(found, { portFree: false, holders: [holder] });
  });

  it('is over when nobody is listening, although binding is not possible here', async () => {
    for (const kind of ['forbidden', 'unavailable'] as const) {
      const { found } = await portAfter({ kind, why: 'no rights' }, known([]));
      assert.deepEqual(found, { portFree: true, holders: [] });
    }
  });
});
