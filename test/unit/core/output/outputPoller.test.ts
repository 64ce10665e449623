/** The output that VS Code buffers is requested while a terminal is written to without a pause, and rarely otherwise. */
import assert from 'node:assert/strict';
import { OutputPoller } from '../../../../src/core/output/outputPoller';
import type { TerminalUse } from '../../../../src/core/output/outputPoller';

const second = 1000;
const started = 1_000_000;
const flood = 'x'.repeat(2_500_000);

/** A simulated terminal, checked as often as the reader does it. `requests` has the time of each request in ms since the start. */
class SimulatedTerminal {
  readonly poller = new OutputPoller(started);
  readonly requests: number[] = [];
  now = started;
  /** The terminal was created a moment after its first execution was reported. */
  use: (now: number) => TerminalUse = () => ({ isBlocked: false, writtenAt: started + 400 });
  /** The output that arrives after a request. */
  answer: () => string = () => '';
  takesMarks = true;
  isAwaited = false;

  run(seconds: number): this {
    const end = this.now + seconds * second;
    for (; this.now < end; this.now += 100) {
      if (this.poller.dueIn(this.now) > 0) continue;
      if (this.poller.looked(this.use(this.now), this.now, this.isAwaited)) this.#ask();
    }
    return this;
  }

  #ask(): void {
    this.requests.push(this.now - started);
    this.poller.asking(this.now);
    this.poller.heard(`${this.answer()}\u001b]633;D\u0007`, this.now + 50);
    this.poller.asked(this.takesMarks);
    if (this.takesMarks) this.poller.began();
  }
}

describe('core/output/outputPoller', () => {
  let terminal: SimulatedTerminal;
  beforeEach(() => (terminal = new SimulatedTerminal()));

  it('sends three requests in the first seconds of a silent terminal whose output is awaited, and none later', () => {
    terminal.isAwaited = true;
    terminal.run(600);
    assert.deepEqual(terminal.requests, [1000, 3000, 7000]);
  });

  it('sends no request to a silent terminal whose output is not awaited', () => {
    terminal.run(600);
    assert.deepEqual(terminal.requests, []);
  });

  it('sends no request to a terminal whose output VS Code reports without one', () => {
    terminal.poller.heard('a line', started + 200);
    // One line every 5 s, reported 60 ms later; the system has the time in whole seconds.
    for (let line = 5; line < 300; line += 5) {
      const at = started + line * second;
      terminal.use = () => ({ isBlocked: false, writtenAt: at });
      terminal.run(5);
      terminal.poller.heard('a line', terminal.now + 60);
    }
    assert.deepEqual(terminal.requests, []);
  });

  for (const [isAwaited, expected] of [
    [true, 45],
    [false, 6],
  ] as const) {
    it(`sends requests while they bring output that VS Code buffers, ${isAwaited ? 'often when it is awaited' : 'rarely when it is not'}`, () => {
      terminal.isAwaited = isAwaited;
      terminal.poller.heard('a line', started + 200);
      terminal.run(5);
      terminal.use = (now) => ({ isBlocked: false, writtenAt: Math.floor(now / 8000) * 8000 });
      terminal.answer = () => 'many lines';
      terminal.run(55);
      assert.ok((terminal.requests[0] ?? Infinity) <= 15_000, String(terminal.requests));
      assert.ok(Math.abs(terminal.requests.length - expected) <= 10 && terminal.requests.length >= 4, String(terminal.requests));
      terminal.use = () => ({ isBlocked: false, writtenAt: started + 59_000 });
      terminal.answer = () => '';
      terminal.requests.length = 0;
      terminal.run(100);
      assert.ok(terminal.requests.length <= 2, String(terminal.requests));
    });
  }

  it('does not take what VS Code reports later for an answer to the last request', () => {
    terminal.poller.heard('a line', started + 200);
    terminal.run(5);
    terminal.use = (now) => ({ isBlocked: false, writtenAt: Math.floor(now / 8000) * 8000 });
    terminal.run(30);
    assert.ok(terminal.requests.length > 0);
    terminal.requests.length = 0;
    for (let line = 0; line < 60; line += 1) {
      const at = terminal.now + 5 * second;
      terminal.use = () => ({ isBlocked: false, writtenAt: at });
      terminal.run(5);
      terminal.poller.heard('a line', at + 60);
    }
    assert.deepEqual(terminal.requests, []);
  });

  it('sends two requests per second to a flooded terminal, from the first check on', () => {
    terminal.use = () => ({ isBlocked: true, writtenAt: started });
    terminal.answer = () => flood;
    terminal.run(10);
    assert.ok((terminal.requests[0] ?? Infinity) <= second, String(terminal.requests));
    assert.ok(terminal.requests.length >= 17 && terminal.requests.length <= 20, String(terminal.requests));
  });

  for (const [what, takesMarks] of [
    ['accepts no mark', false],
    ['brings no output', true],
  ] as const) {
    it(`sends fewer and fewer requests to a blocked terminal that ${what}`, () => {
      terminal.use = () => ({ isBlocked: true, writtenAt: started });
      terminal.takesMarks = takesMarks;
      terminal.run(3600);
      assert.ok(terminal.requests.length >= 50 && terminal.requests.length < 75, String(terminal.requests.length));
      const last = terminal.requests.slice(-2);
      assert.ok((last[1] ?? 0) - (last[0] ?? 0) >= 60_000);
    });
  }

  it('knows since when a terminal has accepted no output, but not for one that is only flooded', () => {
    terminal.use = () => ({ isBlocked: true, writtenAt: started });
    terminal.answer = () => flood;
    for (let seconds = 0; seconds < 10; seconds += 1) {
      const since = terminal.run(1).poller.blockedSince ?? terminal.now;
      assert.ok(terminal.now - since <= second, `after ${seconds} s: for ${terminal.now - since} ms`);
    }
    terminal.answer = () => '';
    const silent = terminal.now;
    assert.ok(Math.abs((terminal.run(20).poller.blockedSince ?? 0) - silent) <= second);
    terminal.use = () => ({ isBlocked: false, writtenAt: started });
    assert.equal(terminal.run(2).poller.blockedSince, undefined);
  });

  it('checks every 2 s, and reports no blocked terminal, while the system reports nothing about it', () => {
    terminal.poller.unseen(started);
    assert.deepEqual([terminal.poller.dueIn(started + 1999), terminal.poller.dueIn(started + 2000)], [1, 0]);
    terminal.poller.looked({ isBlocked: true, writtenAt: started }, started + 2000, false);
    terminal.poller.unseen(started + 4000);
    assert.equal(terminal.poller.blockedSince, undefined);
  });

  it('checks every 4 s once nothing has been written for a minute, and every 2 s again after a word', () => {
    const { poller } = terminal;
    const next = (writtenAt: number, now: number): number => {
      poller.looked({ isBlocked: false, writtenAt }, now, false);
      return poller.dueIn(now);
    };
    const [before, minute] = [started + 59_999, started + 60_000];
    assert.deepEqual([next(started, before), next(started, minute), next(minute, minute + 4000)], [2000, 4000, 2000]);
  });

  it('is not blocked any more as soon as it is seen to accept output, before the next check', () => {
    const poller = new OutputPoller(0);
    poller.looked({ isBlocked: true, writtenAt: 0 }, 1000, false);
    assert.equal(poller.blockedSince, 1000);
    poller.flows();
    assert.equal(poller.blockedSince, undefined);
  });

  it('wants a new execution after 2 MB, sends one request at a time, and waits for more output when the terminal accepted no mark', () => {
    const { poller } = terminal;
    const megabyte = 'x'.repeat(1024 * 1024);
    poller.heard(megabyte, started);
    assert.equal(poller.isTooLong(), false);
    poller.heard(megabyte, started);
    assert.equal(poller.isTooLong(), true);
    poller.asking(started);
    poller.heard(megabyte, started);
    assert.equal(poller.isTooLong(), false);
    poller.asked(false);
    assert.equal(poller.isTooLong(), false);
    poller.heard(megabyte.slice(0, 1024 * 256), started);
    assert.equal(poller.isTooLong(), true);
    poller.asking(started);
    poller.asked(true);
    poller.heard(megabyte.repeat(10), started);
    assert.equal(poller.isTooLong(), false, 'the stream that ends soon may still bring much output');
    poller.began();
    poller.heard(megabyte, started);
    assert.equal(poller.isTooLong(), false);
  });
});

describe('core/output/outputPoller, when the clock is set back by an hour', () => {
  const hour = 3600 * second;

  it('goes on checking, and requests what a flood writes', () => {
    const terminal = new SimulatedTerminal();
    terminal.use = (now) => ({ isBlocked: true, writtenAt: now });
    terminal.answer = () => flood;
    terminal.run(30);
    const before = terminal.requests.length;
    assert.ok(before > 0);
    terminal.now -= hour;
    terminal.run(30);
    assert.ok(terminal.requests.length > before, String(terminal.requests));
  });
});
