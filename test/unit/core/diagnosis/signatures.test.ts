import assert from 'node:assert/strict';
import { presentLines } from '../../../../src/core/diagnosis/output';
import { matchLines } from '../../../../src/core/diagnosis/signatures/signatures';
import { signatureTable } from '../../../../src/core/diagnosis/signatures/signatureTable';
import { known } from '../../../../src/core/model/process';
import { readSign } from '../../../../src/core/output/serverSignatures';
import { facts } from './sample';
import { processorTime } from '../../../support/processorTime';

const present = (lines: readonly string[]): readonly string[] => presentLines(facts({ output: known(lines) }));

describe('diagnosis signatures', () => {
  for (const { kind, tool, pattern, example } of signatureTable) {
    it(`find ${kind} of ${tool} in: ${example.slice(0, 80)}`, () => {
      const [found] = matchLines([example], signatureTable);
      assert.equal(found?.kind, kind, 'another row matches the line first');
      assert.match(example, pattern);
      for (const [name, group] of Object.entries(found.groups)) {
        if (name === 'port' && group !== undefined) assert.ok(Number(group) > 0 && Number(group) < 65_536);
        if (name !== 'port') assert.notEqual(group, '');
      }
    });
  }

  it('find nothing in ordinary lines', () => {
    const ordinary = [
      'INFO:     127.0.0.1:51234 - "GET /health HTTP/1.1" 200 OK',
      '  ➜  Local:   http://localhost:5173/',
      'GET /api/items 200 12.3 ms',
      'Listening on port 3000',
      'Connected to database on localhost:5432',
      'found 0 vulnerabilities',
      'GET /errors/not-found 404 1 ms',
      '',
    ];
    assert.deepEqual(matchLines(ordinary, signatureTable), []);
  });

  it('read hostile lines of any length in less than a second', () => {
    const nasty = [
      'a '.repeat(5000),
      '('.repeat(20_000),
      `connect ECONNREFUSED ${'x'.repeat(900)}`,
      'KeyError: '.repeat(90),
      ' '.repeat(1000),
    ];
    const started = processorTime();
    matchLines(nasty, signatureTable);
    assert.ok(processorTime() - started < 1000);
  });

  it('count only after the last reload or successful start', () => {
    const lines = [
      "SyntaxError: '(' was never closed",
      "WARNING:  StatReload detected changes in 'main.py'. Reloading...",
      'hello',
    ];
    assert.deepEqual(present(lines), ['hello']);
    assert.equal(readSign(lines[1] ?? '')?.kind, 'reload');
    assert.deepEqual(present(['boom', 'INFO:     Application startup complete.']), []);
    assert.deepEqual(present(['boom']), ['boom']);
  });
});
