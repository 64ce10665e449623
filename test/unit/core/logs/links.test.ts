/** Places in files, and addresses, as tools print them. */
import assert from 'node:assert/strict';
import { linksIn } from '../../../../src/core/logs/links';

const shown = (text: string): readonly unknown[] =>
  linksIn(text).map(({ from, to, target }) => [
    text.slice(from, to),
    ...(target.kind === 'url' ? [target.url] : [target.path, target.line, target.column]),
  ]);

describe('core/logs: linksIn', () => {
  it('finds places of Node, with and without an address', () => {
    assert.deepEqual(shown('    at fail (/app/a.js:12:5)'), [['/app/a.js:12:5', '/app/a.js', 12, 5]]);
    assert.deepEqual(shown('at file:///app/a.mjs:3:1'), [['file:///app/a.mjs:3:1', 'file:///app/a.mjs', 3, 1]]);
    assert.deepEqual(shown('at C:\\app\\a.js:3:1'), [['C:\\app\\a.js:3:1', 'C:\\app\\a.js', 3, 1]]);
  });

  it('finds places of Python, tsc, Go and Rust', () => {
    assert.deepEqual(shown('  File "my app/main.py", line 3, in f'), [
      ['File "my app/main.py", line 3', 'my app/main.py', 3, undefined],
    ]);
    assert.deepEqual(shown('src/a.ts(3,5): error TS1'), [['src/a.ts(3,5)', 'src/a.ts', 3, 5]]);
    assert.deepEqual(shown('\t/app/main.go:5 +0x1d'), [['/app/main.go:5', '/app/main.go', 5, undefined]]);
    assert.deepEqual(shown(' --> src/main.rs:2:5'), [['src/main.rs:2:5', 'src/main.rs', 2, 5]]);
    assert.deepEqual(shown('src/a.ts:3:5: error'), [['src/a.ts:3:5', 'src/a.ts', 3, 5]]);
  });

  it('finds addresses without what ends the sentence', () => {
    assert.deepEqual(shown('see http://localhost:8000/docs. Or (https://a.b/c).'), [
      ['http://localhost:8000/docs', 'http://localhost:8000/docs'],
      ['https://a.b/c', 'https://a.b/c'],
    ]);
    assert.deepEqual(shown('https://a.b/wiki/X_(y)'), [['https://a.b/wiki/X_(y)', 'https://a.b/wiki/X_(y)']]);
  });

  it('finds none in times, ports, versions and other schemes', () => {
    for (const text of [
      '10:15:42 AM',
      'localhost:8000',
      'v1.2.3',
      'javascript:alert(1)',
      'command:a.b:1',
      'a.b',
      '127.0.0.1:50112',
    ])
      assert.deepEqual(shown(text), [], text);
  });

  it('takes linear time for a hostile line, and finds at most 100', () => {
    assert.equal(linksIn('a.js:1 '.repeat(300)).length, 100);
    assert.deepEqual(linksIn('a.'.repeat(1000)), []);
  });
});
