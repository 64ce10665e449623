import assert from 'node:assert/strict';
import { readAnswer, readReply, readRequest } from '../../../src/os/windows/questions';

describe('messages between the extension host and the helper on Windows', () => {
  it('reads the questions that there are', () => {
    for (const question of [
      { kind: 'processes' },
      { kind: 'listeners' },
      { kind: 'sockets' },
      { kind: 'identify', pid: 4 },
      { kind: 'parameters', pid: 4 },
      { kind: 'end', pid: 4, born: '13440130765995037' },
      { kind: 'watch', pid: 4, born: '13440130765995037' },
      { kind: 'unwatch', pid: 4, born: '13440130765995037' },
    ])
      assert.deepEqual(readRequest({ id: 1, question }), { id: 1, question });
  });

  it('refuses everything else, such as a process without a verified start time', () => {
    for (const question of [
      undefined,
      null,
      'processes',
      {},
      { kind: 'other' },
      { kind: 'identify' },
      { kind: 'identify', pid: 0 },
      { kind: 'identify', pid: -4 },
      { kind: 'identify', pid: 2 ** 32 },
      { kind: 'identify', pid: 1.5 },
      { kind: 'end', pid: 4 },
      { kind: 'end', pid: 4, born: '' },
      { kind: 'end', pid: 4, born: 'unverified' },
    ])
      assert.equal(readRequest({ id: 1, question }), undefined, JSON.stringify(question));
    assert.equal(readRequest({ question: { kind: 'processes' } }), undefined);
    assert.equal(readRequest(undefined), undefined);
  });

  it('reads the replies of the helper, and nothing else', () => {
    for (const reply of [
      { kind: 'ready' },
      { kind: 'unusable', why: 'no koffi' },
      { kind: 'answer', id: 3, answer: [] },
      { kind: 'failure', id: 3, why: 'refused' },
      { kind: 'exited', pid: 4, born: '1' },
    ])
      assert.deepEqual(readReply(reply), reply);
    for (const other of [undefined, null, 'ready', {}, { kind: 'answer', answer: [] }, { kind: 'exited', pid: '4', born: '1' }])
      assert.equal(readReply(other), undefined);
  });

  const row = { pid: 4, ppid: 0, name: 'System' };
  const socket = { family: 4, address: '0.0.0.0', port: 80, remoteAddress: '0.0.0.0', remotePort: 0, state: 2, pid: 4 };

  it('takes an answer only when it fits the question', () => {
    assert.deepEqual(readAnswer('processes', [row]), [row]);
    assert.deepEqual(readAnswer('identify', { born: '1' }), { born: '1' });
    assert.equal(readAnswer('identify', 'gone'), 'gone');
    assert.equal(readAnswer('parameters', null), null);
    assert.deepEqual(readAnswer('parameters', { command: 'x', cwd: 'C:\\' }), { command: 'x', cwd: 'C:\\' });
    assert.deepEqual(readAnswer('listeners', [socket]), [socket]);
    assert.equal(readAnswer('end', 'another'), 'another');
    assert.equal(readAnswer('watch', 'watched'), 'watched');
    assert.equal(readAnswer('unwatch', null), null);
    assert.equal(readAnswer('processes', [{ ...row, pid: '4' }]), undefined);
    assert.equal(readAnswer('processes', row), undefined);
    assert.equal(readAnswer('processes', [{ ...row, run: 3 }]), undefined);
    assert.equal(readAnswer('identify', undefined), undefined);
    assert.equal(readAnswer('identify', {}), undefined);
    assert.equal(readAnswer('parameters', { command: 'x' }), undefined);
    assert.equal(readAnswer('sockets', [{ ...socket, family: 5 }]), undefined);
    assert.equal(readAnswer('end', 'killed'), undefined);
    assert.equal(readAnswer('watch', true), undefined);
  });
});
