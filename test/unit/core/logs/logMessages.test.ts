/** What a page sends is not trusted, and what it is sent arrives as it was. */
import assert from 'node:assert/strict';
import { readLogMessage } from '../../../../src/core/logs/logMessages';
import { packLines, unpackLines } from '../../../../src/core/logs/packedLines';
import { readReady } from '../../../../src/core/webview/pageMessage';

describe('core/logs: messages of a page', () => {
  it('are taken when they are whole', () => {
    for (const message of [
      { kind: 'log.choose', services: ['a', 'b'], count: 1 },
      { kind: 'log.act', action: 'restart', service: 'a' },
      { kind: 'log.openUrl', url: 'http://localhost:1/' },
      { kind: 'log.openFile', service: 'a', path: 'a.js', line: 3, column: 4 },
      { kind: 'log.openFile', service: 'a', path: 'a.js' },
      { kind: 'log.copy', text: '' },
      { kind: 'log.openText', text: 'x' },
    ])
      assert.deepEqual(readLogMessage(message), message);
  });

  it('are ignored when they are anything else', () => {
    for (const message of [
      undefined,
      'log.copy',
      [],
      {},
      { kind: 'constructor' },
      { kind: 'toString' },
      { kind: 'log.choose', services: [1], count: 1 },
      { kind: 'log.choose', services: ['a'], count: 0 },
      { kind: 'log.act', action: 'freePort', service: 'a' },
      { kind: 'log.act', action: 'start', service: ['a'] },
      { kind: 'log.openUrl', url: 'command:workbench.action.quit' },
      { kind: 'log.openUrl', url: 'file:///etc/passwd' },
      { kind: 'log.openFile', service: 'a', path: '' },
      { kind: 'log.copy', text: 1 },
    ])
      assert.equal(readLogMessage(message), undefined, JSON.stringify(message));
  });

  it('lose a line or a column that is none', () => {
    assert.deepEqual(readLogMessage({ kind: 'log.openFile', service: 'a', path: 'b', line: -1, column: 1.5 }), {
      ...{ kind: 'log.openFile', service: 'a', path: 'b' },
    });
  });

  it('begin with one that it is ready', () => {
    assert.deepEqual(readReady({ kind: 'ready', kept: 1 }), { kind: 'ready', kept: 1 });
    assert.equal(readReady({ kind: 'steady' }), undefined);
  });
});

describe('core/logs: packed lines', () => {
  it('are the same after they were sent', () => {
    const lines = [
      { at: 1, service: 'a', run: 'r', text: 'one' },
      { at: 2, service: 'r', run: 'a', text: '' },
      { at: 3, service: 'b', run: 'r', text: '\u001b[1mthree \u2028 x' },
    ];
    assert.deepEqual(unpackLines(packLines(lines)), lines);
    assert.deepEqual(unpackLines(packLines([])), []);
  });
});
