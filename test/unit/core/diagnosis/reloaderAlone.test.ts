/** A server is dead under its reloader only when nothing of it is left: what it logs proves nothing while it answers or listens. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import type { ProbeFailure } from '../../../../src/core/model/failure';
import { known, unavailable } from '../../../../src/core/model/process';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import { running } from '../views/samples';
import { gone, noAnswer, port, refused } from './caseParts';
import { ailing, facts, failing, listener, owner, row, unhealthyBy } from './sample';

const reload = "WARNING:  StatReload detected changes in 'main.py'. Reloading...";
const traceback = known([reload, 'RuntimeError: no model']);
const crashed = known(['[nodemon] app crashed - waiting for file changes before starting...']);
const uvicorn = 'python -m uvicorn main:app --reload';
const badStatus = { kind: 'badStatus', status: 500, expected: '200–399' } as const;

const isAlone = (given: Facts): boolean => findingsOf(given)[0]?.code === 'reloader-alone';
/** The pids that hold the socket of the port, and the members of the service. */
const held = (pids: readonly number[], members: readonly ReturnType<typeof row>[]): Partial<Facts> => ({
  ...port(
    [listener({ pids })],
    pids.map((pid) => owner(pid)),
  ),
  members: known(members),
});
const of = (changes: Partial<Facts>, command = uvicorn, failure: ProbeFailure = noAnswer): Facts =>
  ailing(failure, { output: traceback, ...changes }, { command });

const parent = row(4711, { command: uvicorn });
const tracker = row(4712, { ppid: 4711, command: 'python -c from multiprocessing.resource_tracker import main' });
const worker = row(4713, { ppid: 4711, command: 'python -c from multiprocessing.spawn import spawn_main' });

describe('reloader-alone', () => {
  it('is a reloader that holds the port itself, without a worker', () => {
    assert.ok(isAlone(of(held([4711], [parent, tracker]))));
    assert.ok(!isAlone(of(held([4711, 4713], [parent, tracker, worker]))));
  });

  it('counts a worker that is a zombie as none', () => {
    assert.ok(isAlone(of(held([4711, 4713], [parent, { ...worker, state: 'zombie' }]))));
  });

  it('knows the worker of a reloader that starts itself again by its own command line above it', () => {
    const command = 'python manage.py runserver 8000';
    const shell = row(4700, { command: `sh -c ${command}` });
    const above = row(4711, { ppid: 4700, command });
    const below = row(4712, { ppid: 4711, command });
    assert.ok(!isAlone(of(held([4712], [shell, above, below]), command)));
    assert.ok(isAlone(of(held([4711], [shell, above]), command)));
    const circle = [row(4711, { ppid: 4712, command: 'a --reload' }), row(4712, { ppid: 4711, command: 'b --reload' })];
    assert.ok(isAlone(of(held([4711], circle), command)));
  });

  it('knows the server below a reloader with another command line', () => {
    const watch = row(4711, { command: 'node --watch server.js' });
    const server = row(4712, { ppid: 4711, command: 'node server.js' });
    assert.ok(!isAlone(of(held([4712], [watch, server]), 'node --watch server.js')));
    assert.ok(isAlone(of({ ...gone, members: known([watch]) }, 'node --watch server.js', refused)));
  });

  it('finds the reloader behind a script', () => {
    assert.ok(isAlone(of(held([4711], [parent]), 'npm run dev')));
    assert.ok(!isAlone(of(held([4711], [row(4711, { command: 'python server.py' })]), 'npm run dev')));
    assert.ok(!isAlone(of({ ...gone, members: known([row(4711, { command: 'python server.py' })]) }, 'npm run dev', refused)));
  });

  it('is not a server that answers, with whatever status, nor what the lifecycle said before', () => {
    const alone = held([4711], [parent]);
    assert.ok(!isAlone(of(alone, uvicorn, badStatus)));
    assert.ok(!isAlone(of(alone, uvicorn, { kind: 'slow', took: 3000, timeout: 2000 })));
    const said = (failure: ProbeFailure, changes: Partial<Facts> = alone): Facts =>
      facts({
        ...changes,
        output: known(['all is quiet']),
        state: { lifecycle: unhealthyBy({ kind: 'workerDead', line: 'RuntimeError: no model' }), restarts: noRestarts },
        probes: { own: known({ outcome: failing(failure), timeout: 2800 }), addresses: [] },
      });
    assert.ok(isAlone(said(noAnswer)));
    assert.ok(!isAlone(said(badStatus)));
    assert.ok(!isAlone(said(noAnswer, held([4711, 4713], [parent, worker]))));
  });

  it('believes the reloader, and not a traceback, where it cannot be seen who listens', () => {
    const unseen: readonly Partial<Facts>[] = [
      { ...held([4711], [parent]), members: unavailable('no rights') },
      { ...port([listener({ pids: [] })], []), members: known([parent]) },
      {
        port: { listeners: unavailable('no tool'), owners: unavailable(''), forbidden: unavailable('') },
        members: known([parent]),
      },
    ];
    for (const changes of unseen) {
      assert.ok(!isAlone(of(changes)));
      assert.ok(isAlone(of({ ...changes, output: crashed })));
      assert.ok(isAlone(of(changes, uvicorn, refused)));
    }
  });

  it('is no finding without an error since the last reload, nor while the service is well', () => {
    const alone = held([4711], [parent]);
    assert.ok(!isAlone(of({ ...alone, output: known(['RuntimeError: no model', reload]) })));
    assert.ok(!isAlone(facts({ ...alone, output: traceback }, { command: uvicorn })));
    assert.ok(
      !isAlone(
        facts(
          { ...alone, output: traceback, state: { lifecycle: running({ kind: 'none' }), restarts: noRestarts } },
          { command: uvicorn },
        ),
      ),
    );
  });
});
