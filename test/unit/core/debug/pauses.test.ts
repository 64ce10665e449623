import assert from 'node:assert/strict';
import { withDebugpy, withInspector } from '../../../../src/core/debug/launchEnvironment';
import { endIn } from '../../../../src/core/debug/ends';
import { pauseIn } from '../../../../src/core/debug/pauses';

describe('the messages of a debugger', () => {
  it('show that it holds its program still from "stopped" on', () =>
    assert.equal(pauseIn({ type: 'event', event: 'stopped', body: { threadId: 1 } }), 'paused'));

  it('show that the program runs by an event, or by a request to go on that succeeded', () => {
    for (const event of ['continued', 'exited', 'terminated']) assert.equal(pauseIn({ type: 'event', event }), 'running');
    for (const command of ['continue', 'next', 'stepIn', 'stepOut', 'disconnect'])
      assert.equal(pauseIn({ type: 'response', command, success: true }), 'running');
  });

  it('change nothing otherwise', () => {
    assert.equal(pauseIn({ type: 'response', command: 'continue', success: false }), undefined);
    assert.equal(pauseIn({ type: 'response', command: 'variables', success: true }), undefined);
    assert.equal(pauseIn({ type: 'event', event: 'output' }), undefined);
    for (const message of [undefined, null, 'stopped', 7, {}, { type: 'event' }, { type: 'response' }])
      assert.equal(pauseIn(message), undefined);
  });
});

describe('NODE_OPTIONS for the inspector', () => {
  it('keep what the service has, or else what it inherits', () => {
    const option = '--inspect=127.0.0.1:0';
    assert.deepEqual(withInspector({ A: 'b' }, {}), { A: 'b', NODE_OPTIONS: option });
    assert.deepEqual(withInspector({}, { NODE_OPTIONS: '--enable-source-maps' }), {
      NODE_OPTIONS: `--enable-source-maps ${option}`,
    });
    assert.deepEqual(withInspector({ NODE_OPTIONS: '-r ./a.js' }, { NODE_OPTIONS: '--enable-source-maps' }), {
      NODE_OPTIONS: `-r ./a.js ${option}`,
    });
  });
});

describe('PYTHONPATH for debugpy', () => {
  it('keeps what the service has, or else what it inherits, after the module that opens it', () => {
    const change = withDebugpy({ start: '/ext/python', libraries: '/ext/libs', separator: ':' });
    const plain = { PYTHONPATH: '/ext/python', SERVICE_LIFECYCLE_DEBUGPY: '/ext/libs' };
    assert.deepEqual(change({ A: 'b' }, {}), { A: 'b', ...plain });
    assert.equal(change({}, { PYTHONPATH: '/inherited' })['PYTHONPATH'], '/ext/python:/inherited');
    assert.equal(change({ PYTHONPATH: 'src:lib' }, { PYTHONPATH: '/inherited' })['PYTHONPATH'], '/ext/python:src:lib');
  });
});

describe('the end of a session', () => {
  const message = (type: string, name: string) => ({ type, [type === 'event' ? 'event' : 'command']: name });

  it('is the one of its program, unless the editor asks for it', () => {
    assert.equal(endIn(message('event', 'terminated')), 'program');
    assert.equal(endIn(message('event', 'exited')), 'program');
    assert.equal(endIn(message('request', 'disconnect')), 'editor');
    assert.equal(endIn(message('request', 'terminate')), 'editor');
  });

  it('is not in any other message', () => {
    for (const other of [
      message('event', 'stopped'),
      message('request', 'next'),
      message('response', 'disconnect'),
      null,
      'x',
      {},
    ])
      assert.equal(endIn(other), undefined);
  });
});
