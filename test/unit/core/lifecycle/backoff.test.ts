/** When it is tried again, and what would only fail again. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { backoffDelay, repeatingCause } from '../../../../src/core/lifecycle/backoff';

describe('core/backoff', () => {
  const backoff = { initial: 1000, max: 30_000, resetAfter: 60_000 };

  it('doubles up to the maximum', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6, 1000].map((made) => backoffDelay(backoff, made, 0.5));
    assert.deepEqual(delays, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('moves by up to a fifth either way, and never beyond', () => {
    assert.deepEqual([backoffDelay(backoff, 0, 0), backoffDelay(backoff, 9, 0.999999)], [800, 36_000]);
    const duration = fc.integer({ min: 0, max: 86_400_000 });
    const chance = fc.double({ min: 0, max: 0.999999, noNaN: true });
    fc.assert(
      fc.property(duration, duration, fc.nat(), chance, (initial, max, made, by) => {
        const delay = backoffDelay({ initial, max, resetAfter: 1 }, made, by);
        assert.ok(delay >= Math.floor(0.8 * Math.min(initial, max)) && delay <= Math.ceil(1.2 * max), String(delay));
      }),
    );
  });

  const repeating = [
    ['addressInUse', 'Error: listen EADDRINUSE: address already in use :::3000'],
    [
      'addressInUse',
      "ERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use",
    ],
    ['addressInUse', 'OSError: [Errno 48] Address already in use'],
    ['addressInUse', 'Error: Port 5173 is already in use'],
    ['addressInUse', 'Port 5000 is in use by another program. Either identify and stop that program'],
    ['addressInUse', 'Bind for 0.0.0.0:5432 failed: port is already allocated'],
    ['missingModule', "ModuleNotFoundError: No module named 'fastapi'"],
    ['missingModule', '/usr/bin/python3: No module named uvicorn'],
    ['missingModule', "Error: Cannot find module 'express'"],
    ['missingModule', 'ERROR:    Error loading ASGI app. Could not import module "main".'],
    ['syntaxError', 'SyntaxError: invalid syntax'],
    ['syntaxError', "SyntaxError: Unexpected token ';'"],
    ['syntaxError', 'IndentationError: unexpected indent'],
    ['syntaxError', '[eval]:1 SyntaxError: Unexpected end of input'],
    ['syntaxError', 'Transform failed with 1 error:'],
    ['missingCommand', 'bash: line 1: uvicorn: command not found'],
    ['missingCommand', 'sh: 1: uvicorn: not found'],
    [
      'missingCommand',
      "uvicorn : The term 'uvicorn' is not recognized as the name of a cmdlet, function, script file, or operable program.",
    ],
    [
      'missingCommand',
      "The term 'uvicorn' is not recognized as a name of a cmdlet, function, script file, or executable program.",
    ],
    ['missingCommand', 'npm error Missing script: "dev"'],
  ] as const;
  for (const [cause, lastLine] of repeating) {
    it(`does not retry: ${lastLine}`, () => assert.equal(repeatingCause({ exitCode: 1, lastLine }), cause));
  }
  it('does not retry what a shell did not find', () => {
    for (const exitCode of [127, 9009]) assert.equal(repeatingCause({ exitCode }), 'missingCommand');
  });

  const passing = [
    'Error: connect ECONNREFUSED 127.0.0.1:5432',
    'SyntaxError: Unexpected token < in JSON at position 0',
    'sqlalchemy.exc.ProgrammingError: (psycopg2.errors.SyntaxError) syntax error at or near "FORM"',
    'Port 5173 is in use, trying another one...',
    'Port 3000 is in use by process 77, using available port 3001 instead.',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'HTTPException: 404: user not found',
    "KeyError: 'user'",
    'asyncpg.exceptions.PostgresSyntaxError: syntax error at or near "FORM"',
    'shop.query.SyntaxError: FORM',
    'config.yaml: not found, using the default',
  ];
  for (const lastLine of passing) {
    it(`may be cured by another try: ${lastLine}`, () => assert.equal(repeatingCause({ exitCode: 1, lastLine }), undefined));
  }
  it('may be cured when nothing is known', () => assert.equal(repeatingCause({ exitCode: undefined }), undefined));
});
