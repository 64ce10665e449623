/** Real output: in arbitrary chunks, coloured, overwritten, endless. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { echoesCtrlC, lineMatcher, OutputTail, stripTerminalCodes } from '../../../../src/core/output/outputTail';

const esc = '\u001b';

/** Returns the completed lines and the kept lines for output in these chunks. */
function read(chunks: readonly string[]) {
  const tail = new OutputTail();
  const completed = chunks.flatMap((chunk) => [...tail.append(chunk)]);
  return { completed, kept: [...tail.lines()] };
}

const piece = fc.oneof(
  fc.constantFrom(
    '\n',
    '\r\n',
    '\r',
    '\r\r\n',
    `${esc}[31m`,
    `${esc}[0m`,
    `${esc}[2K`,
    `${esc}]0;title\u0007`,
    `${esc}(B`,
    '😀',
    ' ',
  ),
  fc.string(),
  fc.integer({ min: 1, max: 9000 }).map((length) => 'x'.repeat(length)),
);

describe('core/output/outputTail', () => {
  it('reads the same lines wherever the output is divided into chunks', () => {
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat()), (pieces, cuts) => {
        const text = pieces.join('');
        const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
        const chunks = [0, ...places].map((from, index) => text.slice(from, places[index]));
        assert.equal(chunks.join(''), text);
        assert.deepEqual(read(chunks), read([text]));
      }),
      { numRuns: 500 },
    );
  });

  it('reads the same lines when each character is a chunk', () => {
    const text = `a\r\nb\rc\r\n${esc}[32m10 %\r20 %\r${esc}[0mdone\r\n${'y'.repeat(9000)}\n`;
    assert.deepEqual(read(text.split('')), read([text]));
    assert.deepEqual(read([text]).completed.slice(0, 3), ['a', 'c', 'done']);
  });

  it('removes colours, titles, links, character sets and control characters', () => {
    const cases: readonly (readonly [string, string])[] = [
      [`${esc}[1;31mError:${esc}[0m no`, 'Error: no'],
      [`${esc}[38;5;208m${esc}[4mLocal${esc}[24m:${esc}[m x`, 'Local: x'],
      [`${esc}]0;npm run dev\u0007ready`, 'ready'],
      [`${esc}]8;;http://x${esc}\\link${esc}]8;;${esc}\\`, 'link'],
      [`${esc}]633;C\u0007out`, 'out'],
      [`${esc}(B${esc}[mplain`, 'plain'],
      [`${esc}P+q544e${esc}\\after`, 'after'],
      [`${esc}7${esc}[?25lhidden${esc}8${esc}=`, 'hidden'],
      ['bell\u0007 back\bspace\u007f', 'bell backspace'],
      ['tab\tstays', 'tab\tstays'],
      [`two${esc}[2Cwords`, 'two  words'],
    ];
    for (const [raw, plain] of cases) assert.equal(stripTerminalCodes(raw), plain);
  });

  it('drops a spinner that moves to the first column instead of a carriage return', () => {
    assert.deepEqual(read([`${esc}[1G⠙${esc}[1G${esc}[0Kerror: real\n`]).completed, ['error: real']);
    assert.deepEqual(read([`⠙${esc}[1`, `G${esc}[0Kdone\n`]).completed, ['done']);
  });

  it('counts the lines before a mark while old lines are dropped', () => {
    const tail = new OutputTail();
    tail.append('one\ntwo\nthree\n');
    tail.mark(1);
    assert.equal(tail.linesBeforeMark, 2);
    tail.append('line\n'.repeat(198));
    assert.equal(tail.linesBeforeMark, 1);
    tail.append('line\n'.repeat(500));
    assert.equal(tail.linesBeforeMark, 0);
    tail.append('half');
    tail.mark();
    assert.equal(tail.lines()[tail.linesBeforeMark], 'half');
  });

  it('keeps the error above a trace of a thousand lines', () => {
    const tail = new OutputTail();
    tail.append(`StackOverflowError\n${'\tat Shop.f(Shop.java:2)\n'.repeat(1000)}after\n`);
    assert.deepEqual([tail.lines()[0], tail.lines().at(-1)], ['StackOverflowError', 'after']);
  });

  it('keeps the last 200 lines and an incomplete one', () => {
    const tail = new OutputTail();
    for (let line = 1; line <= 1000; line += 1) tail.append(`line ${line}\n`);
    tail.append('half');
    assert.equal(tail.lines().length, 201);
    assert.deepEqual([tail.lines()[0], tail.lines().at(-1)], ['line 801', 'half']);
  });

  it('keeps less than 420 kB of 50 MB: of lines, of one line, and of an endless progress bar', () => {
    const streams = [`${'x'.repeat(99)}\n`.repeat(500), 'x'.repeat(50_000), `${esc}[32m42 %${esc}[0m\r`.repeat(3000)];
    for (const chunk of streams) {
      const tail = new OutputTail();
      for (let written = 0; written < 50_000_000; written += chunk.length) tail.append(chunk);
      const kept = JSON.stringify(tail.lines()).length;
      assert.ok(kept < 200 * 2100, `${kept} characters of ${JSON.stringify(chunk.slice(0, 20))}`);
    }
  }).timeout(30_000);

  it('cuts a long line, and shows that it did', () => {
    const [exact = '', long = ''] = read([`${'x'.repeat(2000)}\n${'x'.repeat(2001)}\n`]).completed;
    assert.deepEqual([exact.length, exact.at(-1)], [2000, 'x']);
    assert.deepEqual([long.length, long.at(-1)], [2003, '.']);
  });

  it('matches a string or an expression, independently for each line', () => {
    const text = lineMatcher({ kind: 'text', text: 'startup complete' });
    assert.deepEqual([text('INFO: Application startup complete.'), text('starting')], [true, false]);
    const regex = lineMatcher({ kind: 'regex', source: 'ready in \\d+', flags: 'gi' });
    assert.deepEqual([regex('READY in 300 ms'), regex('READY in 300 ms')], [true, true]);
    assert.equal(lineMatcher({ kind: 'regex', source: '(', flags: '' })('('), false);
  });

  it('recognizes the echo of Ctrl+C', () => {
    assert.ok(echoesCtrlC(['GET /', '^CINFO:     Shutting down']));
    assert.ok(echoesCtrlC(['waiting ^C']));
    assert.ok(!echoesCtrlC(['the caret ^C in the middle of it']));
    assert.ok(echoesCtrlC(['^C', ...Array.from({ length: 10 }, () => 'on the way out')]));
    assert.ok(!echoesCtrlC(['^C', ...Array.from({ length: 30 }, () => 'much later')]));
  });
});
