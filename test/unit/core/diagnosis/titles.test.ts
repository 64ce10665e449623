/** Titles are correct English also where a port, a host or an error is not known. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { known, unavailable } from '../../../../src/core/model/process';
import { failed } from '../views/samples';
import { gone, refused } from './caseParts';
import { ailing, closed, crashedWith, down, owner } from './sample';

const titleOf = (given: Facts): string | undefined => findingsOf(given)[0]?.title;

/** The same facts of a service without a port. */
const withoutPort = (given: Facts): Facts => {
  const none = unavailable('The service has no port.');
  const { port: _, ...spec } = given.spec;
  return { ...given, spec, port: { listeners: none, owners: none, forbidden: none } };
};

describe('titles of findings', () => {
  it('name the port of a service that could not bind it, and the process on the port', () => {
    const crash = (changes: Partial<Facts> = {}) => crashedWith(['OSError: [Errno 98] Address already in use'], changes);
    assert.equal(titleOf(withoutPort(crash())), 'backend could not bind its port: address already in use.');
    assert.equal(titleOf(crash()), 'backend could not bind port 8000: address already in use.');
    const taken = { port: { listeners: known([]), owners: known([owner(99)]), forbidden: known(undefined) } };
    assert.equal(
      titleOf(crash(taken)),
      'backend could not bind port 8000: it is in use by pid 99 (node other.js in /elsewhere).',
    );
  });

  it('name the service when the system forbids an unknown port', () => {
    const crash = crashedWith(["Error: You don't have permission to access that port."], {}, { port: 80 });
    assert.equal(titleOf(crash), 'The system does not allow this user to listen on port 80.');
    assert.equal(titleOf(withoutPort(crash)), 'The system does not allow this user to listen on the port of backend.');
  });

  it('name the address of a database, and its kind when the port is well known', () => {
    const crash = (line: string, port: number) => crashedWith([line], { ports: new Map([[port, closed]]) });
    assert.equal(
      titleOf(crash('dial tcp [::1]:5432: connect: connection refused', 5432)),
      'backend depends on PostgreSQL at [::1]:5432, but nothing is listening there.',
    );
    assert.equal(
      titleOf(crash('Error 111 connecting to localhost:7001', 7001)),
      'backend depends on localhost:7001, but nothing is listening there.',
    );
  });

  it('say that a server has exited when its output has no error', () => {
    const lines = ['[nodemon] clean exit - waiting for changes before restart'];
    assert.equal(
      titleOf(ailing(refused, { ...gone, output: known(lines) })),
      'The server of backend has exited, and its reloader is waiting for a change.',
    );
  });

  it('count the restarts of a service that gave up as its row does', () => {
    const last = { kind: 'crashed', end: { exitCode: 1, lastLine: 'boom' }, beforeReady: true } as const;
    const gaveUp = (restarts: number) => down(failed({ kind: 'gaveUp', restarts, last }));
    assert.equal(titleOf(gaveUp(0)), 'backend is down: boom (exit code 1, during startup).');
    assert.equal(titleOf(gaveUp(1)), 'backend crashed again after 1 restart: boom (exit code 1, during startup).');
    assert.equal(titleOf(gaveUp(5)), 'backend crashed again after 5 restarts: boom (exit code 1, during startup).');
  });

  it('list the dependencies that a service is waiting for', () => {
    const waitingFor = ['db', 'cache'].map((id) => ({ id, state: 'starting' as const, since: 99_000 }));
    assert.equal(
      titleOf(down({ kind: 'queued', run: 'r1', by: 'user', since: 99_000, waitingFor })),
      'backend is waiting for db (starting) and cache (starting).',
    );
  });
});
