/** Messages between windows: everything that is not exactly one is refused, and ids are those of each window. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toFollower, toLeader } from '../../../../src/app/sharing/messages';
import { relabel } from '../../../../src/app/sharing/relabel';
import { initialState, noRestarts } from '../../../../src/core/lifecycle/state';
import type { ServiceState } from '../../../../src/core/lifecycle/state';

const owner = { process: { pid: 1, born: 'b' }, command: 'node', startedAt: 1, origin: { kind: 'other' } };

describe('app: messages between windows', () => {
  it('arrive as they were sent', () => {
    for (const message of [
      { kind: 'hello', protocol: 1, folder: '/shop' },
      { kind: 'request', number: 1, key: 'web', ask: 'restart', by: 'user' },
      { kind: 'portAnswer', number: 1, answer: 'stop' },
      { kind: 'outputRequest', number: 1, key: 'web' },
      { kind: 'stopForPort', number: 1, key: 'web', port: 8000 },
      { kind: 'stopForPort', number: 1, key: 'web', port: 8000, service: 'api' },
      { kind: 'terminal', run: 'r', report: { kind: 'ended', exitCode: 1, typedInto: false } },
      { kind: 'terminal', run: 'r', report: { kind: 'ended', typedInto: true } },
      { kind: 'terminal', run: 'r', report: { kind: 'wrote', chunk: 'x' } },
      { kind: 'terminal', run: 'r', report: { kind: 'closed' } },
    ]) {
      assert.deepEqual(toLeader(message), message);
    }
    for (const message of [
      { kind: 'welcome', states: { web: initialState } },
      { kind: 'states', states: {} },
      { kind: 'refused', why: 'notLeading' },
      { kind: 'usages', usages: { web: { memory: 1 }, api: { memory: 2, cpu: 0.5 } } },
      { kind: 'taken', number: 1 },
      { kind: 'output', number: 1, output: { lines: ['listening', ''], linesBeforeHealthy: 1 } },
      { kind: 'portQuestion', number: 1, key: 'web', owners: [owner] },
      { kind: 'typeControl', run: 'r', control: 'C' },
      { kind: 'typeAnswer', run: 'r', letter: 'J' },
    ]) {
      assert.deepEqual(toFollower(message), message);
    }
  });

  it('are refused when a part is missing or of another type', () => {
    for (const message of [
      { kind: 'hello', protocol: '1', folder: '/shop' },
      { kind: 'request', number: 1, key: 'web', ask: 'kill', by: 'user' },
      { kind: 'request', number: 1, key: 'web', ask: 'start', by: 'root' },
      { kind: 'portAnswer', number: 1, answer: 'yes' },
      { kind: 'outputRequest', number: 1 },
      { kind: 'stopForPort', number: 1, key: 'web', port: '8000' },
      { kind: 'output', number: 1, output: { lines: ['listening', 1], linesBeforeHealthy: 0 } },
      { kind: 'output', number: 1, output: { lines: ['listening'] } },
      { kind: 'usages', usages: { web: { memory: '1' } } },
      { kind: 'usages', usages: { web: { memory: 1, cpu: null } } },
      { kind: 'usages', usages: { web: undefined } },
      { kind: 'terminal', run: 'r', report: { kind: 'ended' } },
      { kind: 'terminal', run: 'r' },
      { kind: 'welcome', states: { web: { lifecycle: { kind: 'running' }, restarts: noRestarts } } },
      { kind: 'portQuestion', number: 1, key: 'web', owners: [{}] },
      { kind: 'typeControl', run: 'r', control: 'D' },
      { kind: 'typeAnswer', run: 'r', letter: 'rm -rf' },
      { kind: 'typeAnswer', run: 'r', letter: '\n' },
      { kind: 'unknown' },
    ]) {
      assert.deepEqual([toLeader(message), toFollower(message)], [undefined, undefined], JSON.stringify(message));
    }
    fc.assert(fc.property(fc.jsonValue(), (value) => toLeader(value) === undefined && toFollower(value) === undefined));
  });

  it('name other services by the ids of the window that shows them', () => {
    const rename = (id: string): string => `shop/${id}`;
    const state = (lifecycle: ServiceState['lifecycle']): ServiceState => ({ lifecycle, restarts: noRestarts });
    const queued = state({
      kind: 'queued',
      run: 'r',
      by: 'user',
      since: 1,
      waitingFor: [{ id: 'db', state: 'starting', since: 1 }],
    });
    const failed = state({
      kind: 'failed',
      run: 'r',
      at: 1,
      failure: { kind: 'dependency', id: 'db', problem: { kind: 'failed' } },
    });
    assert.match(JSON.stringify(relabel(queued, rename)), /"id":"shop\/db"/);
    assert.match(JSON.stringify(relabel(failed, rename)), /"id":"shop\/db"/);
    const circle = state({
      kind: 'failed',
      run: 'r',
      at: 1,
      failure: { kind: 'dependency', id: 'db', problem: { kind: 'circle', ids: ['api', 'db', 'api'] } },
    });
    assert.match(JSON.stringify(relabel(circle, rename)), /"ids":\["shop\/api","shop\/db","shop\/api"\]/);
    assert.equal(relabel(initialState, rename), initialState);
  });
});
