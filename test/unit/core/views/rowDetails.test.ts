/** What is below the row of a service. */
import assert from 'node:assert/strict';
import type { Lifecycle, Service } from '../../../../src/core/lifecycle/state';
import type { CommandEnd, CommandState } from '../../../../src/core/model/commandResult';
import type { ServiceSpec } from '../../../../src/core/model/service';
import type { RowLook } from '../../../../src/core/model/rowLook';
import { rowDetails } from '../../../../src/core/views/rowDetails';
import type { RowDetail } from '../../../../src/core/views/rowDetails';
import { healthy, named, none, now, running, service } from './samples';

const nothing: RowLook = { processes: [], ports: [] };
const stopped: Lifecycle = { kind: 'stopped', cause: { kind: 'never' } };
const commands = { 'Seed data': 'python seed.py', Migrate: 'alembic upgrade head' };

const details = (of: Service, look: RowLook = nothing, others: readonly Service[] = []): RowDetail[] => [
  ...rowDetails(of, look, (id) => others.find(({ spec }) => spec.id === id), now),
];

const shown = (rows: readonly RowDetail[]): readonly string[] =>
  rows.map(({ label, description, icon }) => `${label}: ${description} (${icon.id})`);

const dependsOn = (...ids: string[]): Pick<ServiceSpec, 'dependsOn'> => ({
  dependsOn: ids.map((id) => ({ id, condition: 'healthy' as const })),
});

describe('core/views/rowDetails', () => {
  it('has the services that it depends on with their state, and leads to them', () => {
    const [row, port] = details(service(running(none), dependsOn('db', 'gone')), nothing, [named('db', running(healthy))]);
    assert.ok(row !== undefined && port !== undefined);
    assert.deepEqual(shown([row, port]), ['Depends on db: :8000 (pass)', 'Port 8000: not listening (plug)']);
    assert.deepEqual([row.id, row.click?.arguments, row.spoken], ['db', ['db'], 'Depends on db, Healthy']);
  });

  it('says which one it waits for now', () => {
    const waiting: Lifecycle = {
      kind: 'queued',
      run: 'r',
      since: now,
      waitingFor: [{ id: 'db', state: 'starting', since: now }],
      by: 'user',
    };
    const labels = details(service(waiting, dependsOn('db', 'cache')), nothing, [named('db', stopped), named('cache', stopped)]);
    assert.deepEqual(
      labels.map(({ label }) => label),
      ['Waits for db', 'Depends on cache', 'Port 8000'],
    );
  });

  it('has the configured port of a stopped service', () => {
    assert.deepEqual(shown(details(service(stopped, { port: 8000 }))), ['Port 8000: not listening (plug)']);
  });

  it('has each port with its addresses, and opens the page of the configured one', () => {
    const ports = [
      { port: 8000, addresses: ['127.0.0.1', '::1'], holder: 'own' },
      { port: 9229, addresses: ['127.0.0.1'], holder: 'debugger' },
    ] as const;
    const rows = details(service(running(healthy), { port: 8000 }), { processes: [], ports });
    assert.deepEqual(shown(rows), [
      'Port 8000: listening on 127.0.0.1 and ::1 (plug)',
      'Port 9229: for the debugger on 127.0.0.1 (plug)',
    ]);
    assert.deepEqual(
      rows.map(({ click }) => click?.id),
      ['serviceLifecycle.open', undefined],
    );
  });

  it('names who uses the port of a stopped service, and leads to the question that frees it', () => {
    const holder = {
      processes: [
        { pid: 7, command: '/usr/bin/node other.js' },
        { pid: 8, command: 'node <b>' },
      ],
    };
    const [row] = details(service(stopped, { port: 8000 }), {
      processes: [],
      ports: [{ port: 8000, addresses: ['::'], holder }],
    });
    assert.equal(row?.description, 'used by node (pid 7) and 1 more');
    assert.deepEqual([row.click?.id, row.click?.arguments], ['serviceLifecycle.freePort', [8000]]);
    assert.equal(row.tooltip, 'pid 7: /usr/bin/node other.js\npid 8: node <b>');
    const unseen = [{ port: 8000, addresses: [], holder: { processes: [] } }];
    assert.equal(
      details(service(stopped, { port: 8000 }), { processes: [], ports: unseen })[0]?.description,
      'used by another process',
    );
  });

  it('has the processes with what they use, and counts those without room', () => {
    const many = Array.from({ length: 22 }, (_, at) => ({ pid: at + 1, command: `worker\n${at}` }));
    const processes = [{ pid: 4711, command: '/usr/bin/node  server.js', cpu: 12.4, memory: 84 * 1024 * 1024 }, ...many];
    const rows = details(service(running(none), {}), { processes, ports: [] }).filter(
      ({ contextValue }) => contextValue === 'process',
    );
    assert.deepEqual(shown([...rows.slice(0, 2), ...rows.slice(-1)]), [
      'Process 4711: 12% · 84 MB · node server.js (server-process)',
      'Process 1: worker 0 (server-process)',
      '3 more processes:  (server-process)',
    ]);
    assert.equal(rows.length, 21);
    assert.equal(new Set(rows.map(({ key }) => key)).size, 21);
    assert.deepEqual(rows[0]?.click?.id, 'serviceLifecycle.revealTerminal');
  });

  it('has the commands, each with its own last result', () => {
    const ended = (end: CommandEnd): CommandState => ({ isRunning: false, last: { at: now - 90_000, end } });
    const shownWith = (state: CommandState | undefined): readonly string[] => {
      const of = { ...service(running(none), { commands }), ...(state && { commandStates: { Migrate: state } }) };
      return shown(details(of).filter(({ contextValue }) => contextValue === 'command'));
    };
    const seed = 'Seed data:  (terminal)';
    assert.deepEqual(shownWith(undefined), [seed, 'Migrate:  (terminal)']);
    assert.deepEqual(shownWith({ isRunning: true }), [seed, 'Migrate: Running (loading~spin)']);
    assert.deepEqual(shownWith(ended({ kind: 'succeeded' })), [seed, 'Migrate: succeeded (pass)']);
    assert.deepEqual(shownWith(ended({ kind: 'failed', exitCode: 3 })), [seed, 'Migrate: failed with exit code 3 (error)']);
    assert.deepEqual(shownWith(ended({ kind: 'cancelled' })), [seed, 'Migrate: canceled (circle-slash)']);
    assert.deepEqual(shownWith({ ...ended({ kind: 'failed', exitCode: 3 }), isRunning: true }), [
      seed,
      'Migrate: Running (loading~spin)',
    ]);
  });

  it('says how long ago a command ended in the tooltip, with its command line as it is written', () => {
    const commandStates = { Migrate: { isRunning: false, last: { at: now - 90_000, end: { kind: 'succeeded' } as const } } };
    const row = details({ ...service(running(none), { commands }), commandStates }).find(({ command }) => command === 'Migrate');
    assert.equal(row?.tooltip, 'alembic upgrade head\nsucceeded, 1 min 30 s ago');
    assert.deepEqual(row.click?.arguments, ['backend', 'Migrate']);
  });

  it('knows no result of a command that is named as a property of every object', () => {
    const of = { ...service(running(none), { commands: { toString: 'x', constructor: 'y' } }), commandStates: {} };
    assert.deepEqual(shown(details(of).slice(-2)), ['toString:  (terminal)', 'constructor:  (terminal)']);
  });

  it('has one row that says so where there is nothing', () => {
    const { port: _port, ...rest } = service(stopped).spec;
    assert.deepEqual(shown(details({ ...service(stopped), spec: rest })), ['No processes:  (dash)']);
  });
});
