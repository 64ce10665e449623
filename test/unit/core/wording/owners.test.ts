/** The owners of a port in words, and what the button about them ends. */
import assert from 'node:assert/strict';
import type { PortOrigin, PortOwner } from '../../../../src/core/model/process';
import { describeOwners, endableOwners, endAndStartTitle, endTitle, listOwners } from '../../../../src/core/wording/owners';

const owner = (pid: number, origin: PortOrigin): PortOwner => ({
  process: { pid, born: 'b' },
  command: `node ${pid}.js`,
  startedAt: 0,
  origin,
});
const other = owner(99, { kind: 'other' });
const leftOver = owner(98, { kind: 'leftOver' });
const editor = owner(97, { kind: 'editor' });
const both = (pid: number, id?: string): PortOwner =>
  owner(pid, { kind: 'service', folder: '/shop', key: 'both', state: 'healthy', ...(id === undefined ? {} : { id }) });

describe('core/wording/owners', () => {
  it('describes each owner by pid, command and folder, and several of one service once', () => {
    assert.equal(describeOwners([other]), 'pid 99 (node 99.js)');
    assert.equal(
      describeOwners([{ ...other, cwd: '/shop' }, leftOver, both(1), both(2)]),
      'pid 99 (node 99.js in /shop), pid 98 (node 98.js, left over from an earlier run), and the service both, which is healthy',
    );
  });

  it('describes an owner that this user cannot see', () => {
    assert.equal(describeOwners([]), 'a process that this user cannot see');
  });

  it('lists processes with their start, and services and VS Code without', () => {
    const time = new Date(0).toLocaleTimeString();
    assert.equal(
      listOwners([other, both(1, 'both'), both(2, 'both'), editor]),
      `pid 99 (node 99.js), started at ${time}; the service both, which is healthy; VS Code itself (pid 97)`,
    );
    assert.match(listOwners([leftOver]), /left over from an earlier run\), started at/);
    assert.equal(listOwners([]), 'a process that this user cannot see');
  });

  it('names in the button each service once and every other process by its pid', () => {
    assert.equal(endTitle([other]), 'End pid 99');
    assert.equal(endTitle([other, leftOver]), 'End pids 99 and 98');
    assert.equal(endTitle([both(1, 'both'), both(2, 'both')]), 'Stop both');
    assert.equal(endTitle([both(1, 'both'), both(2, 'both'), leftOver]), 'Stop and End All');
    assert.equal(endTitle([both(1)]), 'End pid 1', 'another window runs it');
    assert.equal(endAndStartTitle([other]), 'End and Start');
    assert.equal(endAndStartTitle([both(1, 'both')]), 'Stop and Start');
    assert.equal(endAndStartTitle([both(1, 'both'), leftOver]), 'Stop All, Start');
  });

  it('never offers to end processes of VS Code', () => {
    assert.deepEqual(endableOwners([editor, other, both(1)]), [other, both(1)]);
  });
});
