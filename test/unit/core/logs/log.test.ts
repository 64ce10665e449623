/** What the lines of a log take over from the lines before them. */
import assert from 'node:assert/strict';
import { Log } from '../../../../src/core/logs/log';
import { segmentsOf } from '../../../../src/core/logs/segments';
import type { Style } from '../../../../src/core/logs/styledText';
import { OutputTail } from '../../../../src/core/output/outputTail';

const esc = '\u001b';

/** The styles in which the lines are drawn, each from its first to its last piece. */
function stylesOf(log: Log): readonly (readonly Style[])[] {
  return log.lines.map((line) => segmentsOf(line, { kind: 'none' }).map(({ style }) => style));
}

function written(output: string, run = 'r1'): { at: number; service: string; run: string; text: string }[] {
  const lines = new OutputTail().appendStyled(output);
  return lines.map(({ text, styled }, at) => ({ at, service: 'web', run, text: styled ?? text }));
}

describe('core/logs/log', () => {
  it('keeps a colour from line to line until it is taken back, as a terminal does', () => {
    const log = new Log();
    log.append(written(`${esc}[31mfirst\nsecond\n${esc}[1mthird${esc}[39m\nfourth${esc}[0m\nfifth\n`));
    assert.deepEqual(stylesOf(log), [[{ color: 1 }], [{ color: 1 }], [{ color: 1, bold: true }], [{ bold: true }], [{}]]);
  });

  it('takes a colour back by a line without text', () => {
    const log = new Log();
    log.append(written(`${esc}[31mfirst\n${esc}[0m\nthird\n`));
    assert.deepEqual(stylesOf(log).at(-1), [{}]);
  });

  it('takes over no colour from another run, and keeps one that comes in two parts', () => {
    const log = new Log();
    log.append(written(`${esc}[32mgreen\n`));
    log.append(written('plain\n', 'r2'));
    log.append(written('green still\n'));
    assert.deepEqual(stylesOf(log), [[{ color: 2 }], [{}], [{ color: 2 }]]);
  });
});
