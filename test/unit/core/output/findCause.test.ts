/** Why a program ended, from its output. Whole outputs of real tools are in recordings.test.ts. */
import assert from 'node:assert/strict';
import { findCause } from '../../../../src/core/output/cause/findCause';
import { consequenceLines, harmlessLines, wrapperLines } from '../../../../src/core/output/cause/wrappers';
import { freshStarts } from '../../../../src/core/output/freshStarts';

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

describe('core/output/cause/findCause', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a port in use, Node', nodeInUse, 'Error: listen EADDRINUSE: address already in use :::3000'],
    [
      'a missing module, Node',
      nodeMissing,
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/nope.js' imported from /app/b.mjs",
    ],
    ['a syntax error, Node', nodeSyntax, "SyntaxError: Unexpected token ';'"],
    ['a missing module, Python', python, "ModuleNotFoundError: No module named 'fastapi'"],
    [
      'a port in use, uvicorn',
      uvicornInUse,
      "[Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use",
    ],
    ['a port in use, Vite', vite, 'Error: Port 5173 is already in use'],
    ['something else after Vite took another port', viteMoved, 'Error: ENOSPC: System limit for number of file watchers reached'],
    ['a missing script, npm', npm, 'Missing script: "dev"'],
    ['a missing command, bash', 'bash: line 1: uvicorn: command not found', 'bash: line 1: uvicorn: command not found'],
    ['a missing command, sh', 'sh: 1: uvicorn: not found', 'sh: 1: uvicorn: not found'],
    ['an unknown message', 'starting\ngiving up\n\n', 'giving up'],
  ];
  for (const [name, transcript, sentence] of cases) {
    it(`finds ${name}`, () => assert.equal(findCause(transcript.split('\n'), true)?.sentence, sentence));
  }

  it('never quotes a line that VS Code writes under a task', () => {
    const lines = [
      'Error: real',
      ' *  The terminal process "node" terminated with exit code: 1. ',
      ' *  Terminal will be reused by tasks, press any key to close it. ',
    ];
    assert.equal(findCause(lines, true)?.sentence, 'Error: real');
    assert.equal(findCause(lines.slice(1), true), undefined);
  });

  it('returns undefined for blank lines, spinners and frames', () =>
    assert.equal(findCause(['', '  ', '⠙', '└──'], true), undefined));

  it('takes plain last words only after a failure', () => {
    assert.equal(findCause(['starting', 'giving up'], true)?.sentence, 'giving up');
    assert.equal(findCause(['starting', 'giving up'], false), undefined);
  });

  it('prefers an error to plain words after it', () => {
    assert.equal(findCause(['Error: no shop', 'cleaning up', 'done'], true)?.sentence, 'Error: no shop');
  });

  it('takes the last of several errors', () => {
    assert.equal(findCause(['Error: one', 'retrying', 'TypeError: two'], false)?.sentence, 'TypeError: two');
  });

  it('ignores what a process wrote before its own successful start, and keeps what another process wrote', () => {
    const fresh = 'INFO:     Application startup complete.';
    assert.equal(findCause(['Error: old', fresh, 'INFO:     Finished server process'], false), undefined);
    const lines = ['[api] Error: broken', '[api] at once', `[web] ${fresh}`, '[web] GET /'];
    assert.equal(findCause(lines, false)?.sentence, 'Error: broken');
  });

  it('returns where the block of the cause begins and its line', () => {
    const found = findCause(['hello', ...python.split('\n')], true);
    assert.deepEqual([found?.from, found?.at], [1, 4]);
  });

  it('finds the line in the last of a thousand lines', () => {
    const lines = [...Array.from({ length: 1000 }, (_, index) => `line ${index}`), 'Error: last'];
    assert.equal(findCause(lines, false)?.at, 1000);
  });
});

describe('core/output/cause/wrappers', () => {
  for (const { tool, pattern, example } of [...wrapperLines, ...consequenceLines, ...harmlessLines]) {
    it(`knows ${tool}: ${example.slice(0, 60)}`, () => assert.match(example, pattern));
  }
  for (const { tool, pattern, example } of freshStarts) {
    it(`knows the start of ${tool}`, () => assert.match(example, pattern));
  }
});
