/** What is kept of output keeps nothing else in memory: neither the chunk that it came in nor a second byte per character. */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Listening } from '../../../../src/app/run/listening';
import type { RunEvent } from '../../../../src/core/lifecycle/events';
import { RunnerParts } from '../../../../src/core/output/runnerParts';
import { serviceSpec } from '../../../support/fakes/specs';

const chunkCharacters = 65_536;

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return process.memoryUsage().heapUsed;
}

/** Bytes that `make` leaves in memory, for as long as its result is kept: the least of a few, since other code leaves some as well. */
const bytesOf = (make: () => unknown): number => Math.min(...Array.from({ length: 4 }, () => grownBy(make)));

function grownBy(make: () => unknown): number {
  const before = heapBytes();
  const kept = make();
  const grown = heapBytes() - before;
  assert.ok(kept);
  return grown;
}

/** As it comes from a terminal: a string of its own. */
const chunk = (line: string): string => Buffer.from(`${line}\n${'x'.repeat(chunkCharacters)}\n`).toString();

const listening = (report: (event: RunEvent) => void = () => undefined): Listening =>
  new Listening({ run: 'run', spec: serviceSpec(), now: () => 0, report, keep: () => undefined });

describe('memory of kept output', () => {
  it('is at most half a megabyte for a service that logs JSON lines of 60 KB', () => {
    const log = (): Listening => {
      const heard = listening();
      const line = JSON.stringify({ text: 'x'.repeat(60_000) });
      for (let count = 0; count < 250; count++) heard.wrote(Buffer.from(`${line}\r\n`).toString());
      return heard;
    };
    assert.ok(bytesOf(log) < 500_000);
  });

  it('is that of the lines where a state keeps one', () => {
    const errors = (): readonly string[] => {
      const lines: string[] = [];
      const heard = listening((event) => event.kind === 'errorSeen' && lines.push(event.line));
      for (let count = 0; count < 100; count++) heard.wrote(chunk(`ValueError: the value number ${count} is none`));
      assert.equal(lines.length, 100);
      return lines;
    };
    assert.ok(bytesOf(errors) < 500_000);
  });

  it('is that of the names where a runner reports them', () => {
    const parts = (): RunnerParts => {
      const runner = new RunnerParts();
      for (let count = 0; count < 100; count++) {
        const [line = ''] = chunk(`[the-service-number-${count}] node api.js exited with code 1`).split('\n');
        runner.read(line);
      }
      assert.equal(runner.ended.length, 100);
      return runner;
    };
    assert.ok(bytesOf(parts) < 500_000);
  });
});
