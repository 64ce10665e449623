/** Real output: in arbitrary chunks, coloured, overwritten, endless. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { echoesCtrlC, lineMatcher, OutputTail, stripTerminalCodes, tellingLine } from '../../../../src/core/output/outputTail';

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
    ];
    for (const [raw, plain] of cases) assert.equal(stripTerminalCodes(raw), plain);
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
    assert.deepEqual([long.length, long.at(-1)], [2001, '…']);
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

const nodeInUse = `node:events:502
      throw er; // Unhandled 'error' event
      ^

Error: listen EADDRINUSE: address already in use :::3000
    at Server.setupListenHandle [as _listen2] (node:net:1908:16)
    at emitListeningNT (node:net:1951:10)
Emitted 'error' event on Server instance at:
    at process.processTicksAndRejections (node:internal/process/task_queues:82:21) {
  code: 'EADDRINUSE',
  errno: -98,
  syscall: 'listen',
  address: '::',
  port: 3000
}

Node.js v20.20.2`;

const nodeMissing = `node:internal/modules/esm/resolve:283
    throw new ERR_MODULE_NOT_FOUND(
          ^

Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/nope.js' imported from /app/b.mjs
    at finalizeResolution (node:internal/modules/esm/resolve:283:11)
    at ModuleJob._link (node:internal/modules/esm/module_job:168:49) {
  code: 'ERR_MODULE_NOT_FOUND',
  url: 'file:///app/nope.js'
}

Node.js v20.20.2`;

const nodeSyntax = `/app/d.js:1
const x = ;
          ^

SyntaxError: Unexpected token ';'
    at wrapSafe (node:internal/modules/cjs/loader:1464:18)

Node.js v20.20.2`;

const python = `Traceback (most recent call last):
  File "/app/main.py", line 1, in <module>
    import fastapi
ModuleNotFoundError: No module named 'fastapi'`;

const uvicornInUse = `INFO:     Started server process [4242]
INFO:     Waiting for application startup.
INFO:     Application startup complete.
ERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use
INFO:     Waiting for application shutdown.
INFO:     Application shutdown complete.`;

const vite = `error when starting dev server:
Error: Port 5173 is already in use
    at httpServerStart (file:///app/node_modules/vite/dist/node/chunks/node.js:14673:10)
    at async CAC.<anonymous> (file:///app/node_modules/vite/dist/node/cli.js:734:3)`;

const viteMoved = `Port 5173 is in use, trying another one...

  VITE v8.3.8  ready in 300 ms

  ➜  Local:   http://localhost:5174/
Error: ENOSPC: System limit for number of file watchers reached
    at FSWatcher.<computed> (node:internal/fs/watchers:247:19)`;

const npm = `npm error Missing script: "dev"
npm error
npm error To see a list of scripts, run:
npm error   npm run`;

describe('the line that names the cause', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a port in use, Node', nodeInUse, 'Error: listen EADDRINUSE: address already in use :::3000'],
    [
      'a missing module, Node',
      nodeMissing,
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/nope.js' imported from /app/b.mjs",
    ],
    ['a syntax error, Node', nodeSyntax, "SyntaxError: Unexpected token ';'"],
    ['a missing module, Python', python, "ModuleNotFoundError: No module named 'fastapi'"],
    ['a port in use, uvicorn', uvicornInUse, uvicornInUse.split('\n')[3] ?? ''],
    ['a port in use, Vite', vite, 'Error: Port 5173 is already in use'],
    ['something else after Vite took another port', viteMoved, 'Error: ENOSPC: System limit for number of file watchers reached'],
    ['a missing script, npm', npm, 'npm error Missing script: "dev"'],
    ['a missing command, bash', 'bash: line 1: uvicorn: command not found', 'bash: line 1: uvicorn: command not found'],
    ['a missing command, sh', 'sh: 1: uvicorn: not found', 'sh: 1: uvicorn: not found'],
    ['an unknown message', 'starting\ngiving up\n\n', 'giving up'],
  ];
  for (const [name, transcript, line] of cases) {
    it(`is found for ${name}`, () => assert.equal(tellingLine(transcript.split('\n'), 1), line));
  }

  it('is never a line that VS Code writes under a task', () => {
    const lines = [
      'Error: real',
      ' *  The terminal process "node" terminated with exit code: 1. ',
      ' *  Terminal will be reused by tasks, press any key to close it. ',
    ];
    assert.equal(tellingLine(lines, 1), 'Error: real');
    assert.equal(tellingLine(lines.slice(1), 1), undefined);
  });

  it('is undefined when the output has only blank lines', () => assert.equal(tellingLine(['', '  '], 1), undefined));
});
