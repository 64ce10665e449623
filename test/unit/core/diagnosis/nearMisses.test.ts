/** What almost is a finding: the guards of the rules, each tried at the case that it exists for, beside one that is a finding. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { known } from '../../../../src/core/model/process';
import { gone, port, refused } from './caseParts';
import { besideServer, endedByCommand, endedWith } from './stateCases';
import { failed } from '../views/samples';
import { ailing, closed, down, facts, listener, owner, row, withFiles } from './sample';

const codesOf = (given: Facts): readonly string[] => findingsOf(given).map(({ code }) => code);

describe('near misses of diagnosis', () => {
  it('close-wait: a few such connections are normal', () => {
    const left = (count: number): Facts => facts({ connections: known(new Map([['CLOSE_WAIT', count]])) });
    assert.deepEqual(codesOf(left(4)), []);
    assert.deepEqual(codesOf(left(5)), ['close-wait']);
  });

  it('killed-by-command: another service, another time, or an error of its own is none', () => {
    const isKilled = (...given: Parameters<typeof endedByCommand>): boolean =>
      codesOf(endedByCommand(...given)).includes('killed-by-command');
    assert.ok(isKilled('pkill -f uvicorn', 98_900));
    assert.ok(isKilled('pkill -f uvicorn', 99_100, 143));
    assert.ok(!isKilled('pkill -f vite', 98_900));
    assert.ok(!isKilled('pkill -f uvicorn', 80_000));
    assert.ok(!isKilled('pkill -f uvicorn', 98_900, 1));
  });

  it('killed-from-outside: an error, a start, lack of memory, a container or a known command is another end', () => {
    const isKilled = (given: Facts): boolean => codesOf(given).includes('killed-from-outside');
    for (const code of [129, 137, 143, 0, undefined]) assert.ok(isKilled(endedWith(code)), String(code));
    for (const code of [1, 2, 127, 130, 134, 139]) assert.ok(!isKilled(endedWith(code)), String(code));
    assert.ok(!isKilled(endedWith(137, { memoryKills: 1 })));
    assert.ok(isKilled(endedWith(137, { memoryKills: 0 })));
    assert.ok(!isKilled(endedWith(0, { output: known(["Error: Cannot find module 'express'"]) })));
    assert.ok(!isKilled(endedWith(137, { spec: { ...endedWith(137).spec, command: 'docker run --rm web' } })));
    assert.ok(!isKilled(endedWith(0, { host: { platform: 'windows', isRemote: false, inContainer: false } })));
    const early = facts({ ...gone, ...down(failed({ kind: 'crashed', end: { exitCode: 0 }, beforeReady: true })) });
    assert.ok(!isKilled(early));
    assert.ok(!isKilled(endedByCommand('pkill -f uvicorn', 98_900)));
  });

  it('second-copy: another folder, another program, and what does not listen are none', () => {
    const isCopy = (given: Facts): boolean => codesOf(given).includes('second-copy');
    assert.ok(isCopy(besideServer()));
    assert.ok(isCopy(besideServer({ command: '/shop/.venv/bin/uvicorn main:app --host 0.0.0.0 --port 8001' })));
    assert.ok(!isCopy(besideServer({ cwd: '/shop-worktree' })));
    assert.ok(!isCopy(besideServer({ ports: [] })));
    assert.ok(!isCopy(besideServer({ command: 'python3 -m uvicorn admin:app --port 8001' })));
    assert.ok(!isCopy(besideServer({ command: 'python3 -m pytest main:app' })));
    assert.ok(!isCopy(besideServer({ pid: 4711 })));
  });

  it('bound-to-loopback: one address for all is enough', () => {
    const published = (...addresses: readonly string[]): Facts =>
      facts({
        host: { platform: 'linux', isRemote: true, inContainer: true },
        ...port(
          addresses.map((address, index) => listener({ address, socket: String(index) })),
          [owner(4711)],
        ),
        ...withFiles({ '/shop/compose.yml': 'services:\n  app:\n    ports:\n      - "8000:8000"\n' }),
      });
    assert.deepEqual(codesOf(published('127.0.0.1', '0.0.0.0')), []);
    assert.deepEqual(codesOf(published('127.0.0.1', '127.0.0.2')), ['bound-to-loopback']);
  });

  it('foreign-owner: the process of the service is its own, also when it is not among the members that were found', () => {
    const held = (pid: number): Facts =>
      facts({ members: known([row(4712)]), ...port([listener({ pids: [pid] })], [owner(pid)]), ownListeners: known([]) });
    assert.ok(!codesOf(held(4711)).includes('foreign-owner'));
    assert.ok(codesOf(held(99)).includes('foreign-owner'));
  });

  it('airplay: a program of the same name elsewhere, and another 403', () => {
    const command = '/Users/dev/shop/ControlCenter --port 5000';
    const held = facts({ ...port([listener({ pids: [99] })], [owner(99, { command })]), ownListeners: known([]) });
    assert.deepEqual(codesOf(held).slice(0, 1), ['foreign-owner']);
    assert.deepEqual(codesOf(ailing({ kind: 'badStatus', status: 403, expected: '200–399' })), ['bad-status']);
  });

  it('dependency-down: its own port is no dependency', () => {
    const refusedAt = (at: number): Facts =>
      ailing(refused, {
        ...gone,
        output: known([`Error: connect ECONNREFUSED 127.0.0.1:${at}`]),
        ports: new Map([[at, closed]]),
      });
    assert.ok(!codesOf(refusedAt(8000)).includes('dependency-down'));
    assert.ok(codesOf(refusedAt(5432)).includes('dependency-down'));
  });

  it('wrong-port: what listens unseen on its port may be the service itself', () => {
    const ownListeners = known([listener({ port: 8001 })]);
    const unseen = ailing(refused, { ...port([listener({ pids: [] })], []), ownListeners });
    assert.ok(!codesOf(unseen).includes('wrong-port'));
    assert.ok(codesOf(ailing(refused, { ...gone, ownListeners })).includes('wrong-port'));
  });

  it('several-listeners: its own workers are one server, whatever their process groups and parents are', () => {
    const two = (members: readonly number[]): Facts =>
      facts({
        ...port([listener(), listener({ socket: '2', pids: [4712] })], [owner(4711), owner(4712)]),
        members: known(members.map((pid) => row(pid))),
        processes: known([row(4711), row(4712)]),
      });
    assert.deepEqual(codesOf(two([4711, 4712])), []);
    assert.deepEqual(codesOf(two([4711])), ['several-listeners']);
  });

  it('container-unhealthy: one that the engine has not judged, or that does not run, is none', () => {
    const isUnhealthy = (failure: Parameters<typeof ailing>[0]): boolean =>
      codesOf(ailing(failure)).includes('container-unhealthy');
    assert.ok(isUnhealthy({ kind: 'containerUnhealthy', detail: '' }));
    assert.ok(!isUnhealthy({ kind: 'containerStarting' }));
    assert.ok(!isUnhealthy({ kind: 'container', state: 'restarting' }));
    assert.ok(!isUnhealthy({ kind: 'execFailed', command: 'wget', exitCode: 1, detail: '' }));
  });

  it('forced-shutdown: with a grace period of 0 it is not asked', () => {
    const killed = (graceMs: number): Facts =>
      down({ kind: 'stopped', cause: { kind: 'forced', graceMs, asked: 'SIGINT', pids: [4711] }, run: 'r1' });
    assert.ok(!codesOf(killed(0)).includes('forced-shutdown'));
    assert.ok(codesOf(killed(1)).includes('forced-shutdown'));
  });
});
