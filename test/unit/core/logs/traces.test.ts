/** Stack traces of several languages, among the lines of other services. */
import assert from 'node:assert/strict';
import { Log } from '../../../../src/core/logs/log';
import type { SentLine } from '../../../../src/core/logs/packedLines';

const lines = (text: string, service = 'web', at = 1000): readonly SentLine[] =>
  text.split('\n').map((each) => ({ at, service, run: `${service}-1`, text: each }));

/** The lines with a letter for their part: h, f, t, or a dash. */
function parts(...sent: (readonly SentLine[])[]): readonly string[] {
  const log = new Log();
  for (const each of sent) log.append(each);
  return log.lines.map(({ part, text }) => `${part?.[0] ?? '-'} ${text}`);
}

const node = 'Error: kaput\n    at fail (/app/a.js:1:20)\n    at Object.<anonymous> (/app/a.js:9:7)\nafter';
const python = 'Traceback (most recent call last):\n  File "main.py", line 3, in <module>\n    fail()\nValueError: kaput\nafter';

describe('core/logs: stack traces', () => {
  it('of Node are led by the message above them', () => {
    assert.deepEqual(
      parts(lines(node)).map(([letter]) => letter),
      ['h', 'f', 'f', '-'],
    );
  });

  it('of Python end with the message below them', () => {
    assert.deepEqual(
      parts(lines(python)).map(([letter]) => letter),
      ['h', 'f', 'f', 't', '-'],
    );
  });

  it('of Java go on with their causes', () => {
    const java =
      'java.lang.IllegalStateException: a\n\tat App.main(App.java:3)\nCaused by: java.io.IOException: b\n\tat App.read(App.java:9)\n\t... 3 more\nafter';
    assert.deepEqual(
      parts(lines(java)).map(([letter]) => letter),
      ['h', 'f', 'f', 'f', 'f', '-'],
    );
  });

  it('of Go hold the names of functions, which are not indented', () => {
    const go = 'goroutine 1 [running]:\nmain.main()\n\t/app/main.go:5 +0x1d\n\nexit status 2';
    assert.deepEqual(
      parts(lines(go)).map(([letter]) => letter),
      ['h', 'f', 'f', '-', '-'],
    );
  });

  it('are no indented lines of a list', () => {
    const vite = 'VITE v8 ready in 80 ms\n\n  Local: http://localhost:5173/\n  Network: off';
    assert.ok(parts(lines(vite)).every((line) => line.startsWith('-')));
  });

  it('stay in one piece when another service writes in between', () => {
    const [first = '', ...rest] = python.split('\n');
    const shown = parts(lines(first), lines('other 1\nother 2', 'api'), lines(rest.join('\n')));
    assert.deepEqual(
      shown.map((line) => line.slice(2)),
      [...python.split('\n').slice(0, 4), 'other 1', 'other 2', 'after'],
    );
  });

  it('do not go on in another run, or after a pause', () => {
    const late = { at: 9000, service: 'web', run: 'web-1', text: '    at later' };
    const other = { at: 1000, service: 'web', run: 'web-2', text: '    at other' };
    const head = lines('Error: a\n    at b');
    assert.deepEqual(
      [parts(head, [late]), parts(head, [other])].map((shown) => shown.map(([letter]) => letter).join('')),
      ['hf-', 'hf-'],
    );
  });
});
