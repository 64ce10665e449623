/** When a terminal is asked for the output that VS Code holds back: while it is written to without a pause, and hardly ever otherwise. */
import assert from 'node:assert/strict';
import { OutputPace } from '../../../../src/core/output/outputPace';
import type { TerminalUse } from '../../../../src/core/output/outputPace';

const second = 1000;
const started = 1_000_000;
const flood = 'x'.repeat(2_500_000);

/** A terminal whose use is played, looked at as often as the reader does it; each time it was asked is in `asked` (ms since the start). */
class Played {
  readonly pace = new OutputPace(started);
  readonly asked: number[] = [];
  looks = 0;
  now = started;
  /** The terminal was made a moment after the first execution was told of. */
  use: (now: number) => TerminalUse = () => ({ isBlocked: false, writtenAt: started + 400 });
  /** What comes when it is asked. */
  answer: () => string = () => '';
  takesMarks = true;
  isAwaited = false;

  run(seconds: number): this {
    const end = this.now + seconds * second;
    for (; this.now < end; this.now += 100) {
      if (!this.pace.isLookDue(this.now)) continue;
      this.looks += 1;
      if (this.pace.looked(this.use(this.now), this.now, this.isAwaited)) this.#ask();
    }
    return this;
  }

  #ask(): void {
    this.asked.push(this.now - started);
    this.pace.asking(this.now);
    this.pace.heard(`${this.answer()}\u001b]633;D\u0007`, this.now + 50);
    this.pace.asked(this.takesMarks);
    if (this.takesMarks) this.pace.began();
  }
}

describe('core/outputPace', () => {
  let terminal: Played;
  beforeEach(() => (terminal = new Played()));

  it('asks a terminal that has not said a word a few times in its first seconds, when its words are waited for, and then leaves it alone', () => {
    terminal.isAwaited = true;
    terminal.run(600);
    assert.deepEqual(terminal.asked, [1000, 3000, 7000]);
  });

  it('leaves a silent terminal alone when nobody waits for its words', () => {
    terminal.run(600);
    assert.deepEqual(terminal.asked, []);
  });

  it('leaves a terminal alone that tells by itself, however often', () => {
    terminal.pace.heard('a line', started + 200);
    // Every 5 s a line, told 60 ms later; the system says when in whole seconds.
    for (let line = 5; line < 300; line += 5) {
      const at = started + line * second;
      terminal.use = () => ({ isBlocked: false, writtenAt: at });
      terminal.run(5);
      terminal.pace.heard('a line', terminal.now + 60);
    }
    assert.deepEqual(terminal.asked, []);
  });

  for (const [isAwaited, asked] of [
    [true, 45],
    [false, 6],
  ] as const) {
    it(`asks a terminal that was written to and told nothing, goes on while that brings something, ${isAwaited ? 'often' : 'seldom'}`, () => {
      terminal.isAwaited = isAwaited;
      terminal.pace.heard('a line', started + 200);
      terminal.run(5);
      terminal.use = (now) => ({ isBlocked: false, writtenAt: Math.floor(now / 8000) * 8000 });
      terminal.answer = () => 'many lines';
      terminal.run(55);
      assert.ok((terminal.asked[0] ?? Infinity) <= 15_000, String(terminal.asked));
      assert.ok(Math.abs(terminal.asked.length - asked) <= 10 && terminal.asked.length >= 4, String(terminal.asked));
      terminal.use = () => ({ isBlocked: false, writtenAt: started + 59_000 });
      terminal.answer = () => '';
      terminal.asked.length = 0;
      terminal.run(100);
      assert.ok(terminal.asked.length <= 2, String(terminal.asked));
    });
  }

  it('asks a flooded terminal from the first look on, twice a second', () => {
    terminal.use = () => ({ isBlocked: true, writtenAt: started });
    terminal.answer = () => flood;
    terminal.run(10);
    assert.ok((terminal.asked[0] ?? Infinity) <= second, String(terminal.asked));
    assert.ok(terminal.asked.length >= 17 && terminal.asked.length <= 20, String(terminal.asked));
  });

  for (const [what, takesMarks] of [
    ['takes no mark', false],
    ['brings nothing', true],
  ] as const) {
    it(`asks less and less a blocked terminal that ${what}, because nobody reads it any more`, () => {
      terminal.use = () => ({ isBlocked: true, writtenAt: started });
      terminal.takesMarks = takesMarks;
      terminal.run(3600);
      assert.ok(terminal.asked.length >= 50 && terminal.asked.length < 75, String(terminal.asked.length));
      const last = terminal.asked.slice(-2);
      assert.ok((last[1] ?? 0) - (last[0] ?? 0) >= 60_000);
    });
  }

  it('tells since when a terminal takes no output, and nothing of one that is only flooded', () => {
    terminal.use = () => ({ isBlocked: true, writtenAt: started });
    terminal.answer = () => flood;
    for (let seconds = 0; seconds < 10; seconds += 1) {
      const since = terminal.run(1).pace.blockedSince ?? terminal.now;
      assert.ok(terminal.now - since <= second, `after ${seconds} s: for ${terminal.now - since} ms`);
    }
    terminal.answer = () => '';
    const silent = terminal.now;
    assert.ok(Math.abs((terminal.run(20).pace.blockedSince ?? 0) - silent) <= second);
    terminal.use = () => ({ isBlocked: false, writtenAt: started });
    assert.equal(terminal.run(2).pace.blockedSince, undefined);
  });

  it('looks seldom where nothing is to be seen of the terminal, which blocks nobody then', () => {
    terminal.pace.unseen(started);
    assert.deepEqual([terminal.pace.isLookDue(started + 1999), terminal.pace.isLookDue(started + 2000)], [false, true]);
    terminal.pace.looked({ isBlocked: true, writtenAt: started }, started + 2000, false);
    terminal.pace.unseen(started + 4000);
    assert.equal(terminal.pace.blockedSince, undefined);
  });

  it('begins anew at 2 MB, asks once at a time, and waits for some more where the terminal took no mark', () => {
    const { pace } = terminal;
    const megabyte = 'x'.repeat(1024 * 1024);
    pace.heard(megabyte, started);
    assert.equal(pace.isTooLong(), false);
    pace.heard(megabyte, started);
    assert.equal(pace.isTooLong(), true);
    pace.asking(started);
    pace.heard(megabyte, started);
    assert.equal(pace.isTooLong(), false);
    pace.asked(false);
    assert.equal(pace.isTooLong(), false);
    pace.heard(megabyte.slice(0, 1024 * 256), started);
    assert.equal(pace.isTooLong(), true);
    pace.asking(started);
    pace.asked(true);
    pace.heard(megabyte.repeat(10), started);
    assert.equal(pace.isTooLong(), false, 'the stream that ends soon may still bring much');
    pace.began();
    pace.heard(megabyte, started);
    assert.equal(pace.isTooLong(), false);
  });
});
