import assert from 'node:assert/strict';
import type { PortOwner } from '../../../../src/core/model/process';
import { describeOwners } from '../../../../src/core/wording/owners';

const owner = (pid: number, changes: Partial<PortOwner> = {}): PortOwner => ({
  process: { pid, born: 'b' },
  command: 'node server.js',
  startedAt: 0,
  origin: 'stranger',
  ...changes,
});

describe('core/wording/owners', () => {
  it('describes each owner by pid, command and folder', () => {
    assert.equal(describeOwners([owner(7)]), 'pid 7 (node server.js)');
    assert.equal(
      describeOwners([owner(7, { cwd: '/shop' }), owner(8, { origin: 'ours' })]),
      'pid 7 (node server.js in /shop) and pid 8 (node server.js, left over from an earlier run)',
    );
  });

  it('describes an owner that this user cannot see', () => {
    assert.equal(describeOwners([]), 'a process that this user cannot see');
  });
});
