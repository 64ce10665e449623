/** The ready line that a test run finds in the output of a worker. */
import assert from 'node:assert/strict';
import { readyLineIn } from '../../../../src/core/addServices/readyLine';
import { parseServices } from '../../../../src/core/config/parse';
import { lineMatcher } from '../../../../src/core/output/outputTail';

describe('core/addServices/readyLine', () => {
  const found: readonly (readonly [name: string, lines: readonly string[], readyLine: string | undefined])[] = [
    ['Celery', ['[tasks]', '[2026-11-26 05:00:00,123: INFO/MainProcess] celery@box-7 ready.'], '/celery@\\S+ ready\\.$/'],
    ['rq', ['05:00:00 Worker rq:worker:8f2: started with PID 7', '05:00:00 *** Listening on default...'], '*** Listening on '],
    ['a plain worker', ['Connecting', 'Waiting for jobs', 'Job 1 started now'], 'Waiting for jobs'],
    ['a line with a time', ['[05:00:00] INFO Worker started, waiting for messages'], 'INFO Worker started, waiting for messages'],
    ['one word alone', ['started', 'ready'], undefined],
    ['words of another meaning', ['already done with this', 'restarted the thing'], undefined],
    ['a very long line', [`worker started ${'x'.repeat(400)}`], undefined],
    ['no output', [], undefined],
  ];

  for (const [name, lines, readyLine] of found)
    it(`is read for ${name}`, () => {
      assert.equal(readyLineIn(lines), readyLine);
      if (readyLine === undefined) return;
      const text = JSON.stringify({ services: { worker: { command: 'work', readyLine } } });
      const { services } = parseServices(text, { folder: '/shop', folderName: 'shop', multiRoot: false });
      const pattern = services[0]?.readyLine;
      assert.ok(pattern !== undefined);
      assert.ok(lines.some(lineMatcher(pattern)), readyLine);
    });
});
