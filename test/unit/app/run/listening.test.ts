/** What a run hears in its output, however the output is cut, coloured and ended. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RunEvent } from '../../../../src/core/lifecycle/events';
import type { LinePattern } from '../../../../src/core/model/service';
import { Listening } from '../../../../src/app/run/listening';
import { spec } from '../../core/views/samples';

const text: LinePattern = { kind: 'text', text: 'Server is ready' };

function heard(chunks: readonly string[], readyLine: LinePattern = text) {
  const events: RunEvent[] = [];
  const report = (event: RunEvent): void => void events.push(event);
  const of = { run: 'r1', spec: spec({ readyLine }), now: () => 1, report, keep: () => undefined };
  const listening = new Listening(of);
  for (const chunk of chunks) listening.wrote(chunk);
  return { listening, isReady: events.some(({ kind }) => kind === 'readyLineSeen'), events };
}

const esc = '\u001b';

describe('the ready line', () => {
  const outputs: readonly (readonly [string, string])[] = [
    ['a line', 'Server is ready\r\n'],
    ['a line without a line feed', 'booting\r\nServer is ready'],
    ['a prompt behind it without a line feed', 'Server is ready> '],
    ['colours inside', `${esc}[32mServer${esc}[0m is ${esc}[1mready${esc}[22m\r\n`],
    ['colours and no line feed', `${esc}[32mServer${esc}[0m is ${esc}[1mready`],
    ['a progress line that it overwrites', `\r10 %\r20 %\r${esc}[KServer is ready`],
    ['spaces as cursor movements', `Server${esc}[1Cis${esc}[1Cready`],
    ['a link and a title', `${esc}]0;npm run dev\u0007${esc}]8;;http://x${esc}\\Server is ready${esc}]8;;${esc}\\\n`],
  ];
  for (const [name, output] of outputs) {
    it(`is seen with ${name}, in one chunk and in any chunks`, () => {
      assert.ok(heard([output]).isReady);
      assert.ok(heard(Array.from(output)).isReady, 'each character is a chunk');
      fc.assert(
        fc.property(fc.nat(output.length), (at) => heard([output.slice(0, at), output.slice(at)]).isReady),
        { numRuns: 40 },
      );
    });
  }

  it('is seen by an expression that is anchored at both ends', () => {
    assert.ok(heard([`${esc}[2mready${esc}[0m`], { kind: 'regex', source: '^ready$', flags: '' }).isReady);
  });

  it('is reported once while it is not over', () => {
    const { events } = heard(['Server is ready', '.', '.', '.']);
    assert.equal(events.filter(({ kind }) => kind === 'readyLineSeen').length, 1);
  });

  it('is not seen in other output', () => {
    assert.ok(!heard(['Server is read', 'ing its files\n', 'Server is\nready\n']).isReady);
  });
});

describe('the last words of a run', () => {
  it('are those since the service was healthy', () => {
    const { listening } = heard(['Error: connect ECONNREFUSED 127.0.0.1:5432\n']);
    listening.probed(false);
    assert.match(listening.lastLine(1).lastLine ?? '', /ECONNREFUSED/);
    listening.probed(true);
    assert.deepEqual(listening.lastLine(1), {});
    listening.wrote('TypeError: x is not a function\n');
    listening.probed(true);
    assert.deepEqual(listening.lastLine(1), { lastLine: 'TypeError: x is not a function' });
  });

  it('are those since the ready line, also when the rest came with it', () => {
    const { listening } = heard(['Error: early\nServer is ready\nError: late\n']);
    assert.deepEqual([listening.linesBeforeHealthy, listening.lastLine(undefined)], [2, { lastLine: 'Error: late' }]);
  });
});

describe('a question in the terminal', () => {
  const questions = (chunks: readonly string[]) =>
    heard(chunks).events.flatMap((event) => (event.kind === 'questionSeen' ? [event.question] : []));

  it('is reported once, and again when it is answered', () => {
    assert.deepEqual(questions(['Reset the data? [y', '/N] ', `${esc}[?25h`]), ['Reset the data? [y/N]']);
    assert.deepEqual(questions(['Reset the data? [y/N] ', 'y\r\n', 'done\r\n']), ['Reset the data? [y/N]', undefined]);
  });
});

describe('an end by Ctrl+C', () => {
  it('is known by the exit code of Windows, with and without its sign, whoever typed it and whatever was written', () => {
    const { listening } = heard(['Error: boom\n']);
    for (const exitCode of [0xc000013a, -1_073_741_510]) assert.equal(listening.wasInterrupted(exitCode, false), true);
    assert.equal(listening.wasInterrupted(1, true), false);
    assert.equal(listening.wasInterrupted(130, false), false);
    assert.equal(listening.wasInterrupted(130, true), true);
  });
});
