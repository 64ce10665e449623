import assert from 'node:assert/strict';
import { HelperProcess, type HelperEvents } from '../../../src/os/windows/helperProcess';
import type { Request } from '../../../src/os/windows/questions';
import { FakeClock } from '../../support/fakes/clock';

/** Helpers that answer only when a test says what. */
class FakeHelpers {
  readonly started: { readonly events: HelperEvents; readonly requests: Request[]; isClosed: boolean }[] = [];

  readonly start = (events: HelperEvents) => {
    const helper = { events, requests: [] as Request[], isClosed: false };
    this.started.push(helper);
    return { send: (request: Request) => void helper.requests.push(request), close: () => void (helper.isClosed = true) };
  };

  get last() {
    const helper = this.started.at(-1);
    assert.ok(helper !== undefined);
    return helper;
  }

  answer(answer: unknown): void {
    const request = this.last.requests.at(-1);
    assert.ok(request !== undefined);
    this.last.events.received({ kind: 'answer', id: request.id, answer });
  }
}

const born = '13440130765995037';

describe('the helper process on Windows, as the extension host sees it', () => {
  let clock: FakeClock;
  let helpers: FakeHelpers;
  let helper: HelperProcess;

  beforeEach(() => {
    clock = new FakeClock();
    helpers = new FakeHelpers();
    helper = new HelperProcess(helpers.start, clock);
  });

  it('is started with the first question and not before, once for many', async () => {
    assert.equal(helpers.started.length, 0);
    const first = helper.ask({ kind: 'identify', pid: 4 });
    helpers.answer({ born });
    assert.deepEqual(await first, { kind: 'known', value: { born } });
    const second = helper.ask({ kind: 'identify', pid: 5 });
    helpers.answer('gone');
    assert.deepEqual(await second, { kind: 'known', value: 'gone' });
    assert.equal(helpers.started.length, 1);
  });

  it('is ended when nothing was asked for 30 s, and started again by the next question', async () => {
    const first = helper.ask({ kind: 'listeners' });
    helpers.answer([]);
    await first;
    await clock.turn(29_000);
    assert.equal(helpers.last.isClosed, false);
    await clock.turn(2000);
    assert.equal(helpers.last.isClosed, true);
    const second = helper.ask({ kind: 'listeners' });
    helpers.answer([]);
    assert.equal((await second).kind, 'known');
    assert.equal(helpers.started.length, 2);
  });

  it('is not ended while a process is watched', async () => {
    const watch = helper.awaitExit({ pid: 4, born }, () => undefined);
    helpers.answer('watched');
    await clock.turn(100_000);
    assert.equal(helpers.last.isClosed, false);
    watch.dispose();
    assert.deepEqual(helpers.last.requests.at(-1)?.question, { kind: 'unwatch', pid: 4, born });
    helpers.answer(null);
    await clock.turn(31_000);
    assert.equal(helpers.last.isClosed, true);
  });

  it('gives "unavailable" for what it was asked when it crashes, and answers again afterwards', async () => {
    const end = helper.ask({ kind: 'end', pid: 4, born });
    helpers.last.events.ended();
    assert.equal((await end).kind, 'unavailable');
    assert.equal(helper.isUsable(), true);
    const again = helper.ask({ kind: 'end', pid: 4, born });
    helpers.answer('ended');
    assert.deepEqual(await again, { kind: 'known', value: 'ended' });
    assert.equal(helpers.started.length, 2);
  });

  it('hears no more of a helper that was given up', async () => {
    const first = helper.ask({ kind: 'identify', pid: 4 });
    const given = helpers.last;
    given.events.ended();
    await first;
    const second = helper.ask({ kind: 'identify', pid: 4 });
    given.events.received({ kind: 'answer', id: 2, answer: 'gone' });
    given.events.ended();
    helpers.answer({ born });
    assert.deepEqual(await second, { kind: 'known', value: { born } });
  });

  it('watches on after a crash, and never takes a crash for an exit', async () => {
    let exits = 0;
    helper.awaitExit({ pid: 4, born }, () => exits++);
    helpers.answer('watched');
    await clock.turn(0);
    helpers.last.events.ended();
    assert.deepEqual(helpers.last.requests.at(-1)?.question, { kind: 'watch', pid: 4, born });
    helpers.answer('watched');
    await clock.turn(0);
    assert.equal(exits, 0);
    helpers.last.events.received({ kind: 'exited', pid: 4, born });
    helpers.last.events.received({ kind: 'exited', pid: 4, born });
    await clock.turn(0);
    assert.equal(exits, 1);
  });

  it('is given up when it crashes ten times, although it answers in between', async () => {
    helper.awaitExit({ pid: 4, born }, () => assert.fail());
    for (let crash = 0; crash < 10; crash++) {
      helpers.answer('watched');
      await clock.turn(0);
      helpers.last.events.ended();
    }
    assert.equal(helper.isUsable(), false);
    assert.equal(helpers.started.length, 10);
  });

  it('reports an exit that came before the watch', async () => {
    let exits = 0;
    helper.awaitExit({ pid: 4, born }, () => exits++);
    helpers.answer('gone');
    await clock.turn(0);
    assert.equal(exits, 1);
  });

  it('reports no exit of a process whose start time is not known', async () => {
    helper.awaitExit({ pid: 4, born: 'unverified' }, () => assert.fail());
    await clock.turn(0);
    assert.equal(helpers.started.length, 0);
  });

  it('is given up as unusable when it cannot call the system, and when it only crashes', async () => {
    const first = helper.ask({ kind: 'processes' });
    helpers.last.events.received({ kind: 'unusable', why: 'blocked by policy' });
    assert.deepEqual(await first, { kind: 'unavailable', why: 'blocked by policy' });
    assert.equal(helper.isUsable(), false);
    assert.equal((await helper.ask({ kind: 'processes' })).kind, 'unavailable');
    assert.equal(helpers.started.length, 1);

    const crashing = new HelperProcess(helpers.start, clock);
    for (let crash = 0; crash < 3; crash++) {
      const asked = crashing.ask({ kind: 'processes' });
      helpers.last.events.ended();
      assert.equal((await asked).kind, 'unavailable');
    }
    assert.equal(crashing.isUsable(), false);
    await clock.turn(5 * 60_000);
    assert.equal(crashing.isUsable(), true);
    assert.equal(helper.isUsable(), false);
  });

  it('is ended when it does not answer within 20 s', async () => {
    const asked = helper.ask({ kind: 'sockets' });
    await clock.turn(20_000);
    assert.equal((await asked).kind, 'unavailable');
    assert.equal(helpers.last.isClosed, true);
  });

  it('is unusable where no process can be started', async () => {
    const none = new HelperProcess(() => {
      throw new Error('EPERM');
    }, clock);
    for (let tries = 0; tries < 3; tries++)
      assert.deepEqual(await none.ask({ kind: 'processes' }), { kind: 'unavailable', why: 'EPERM' });
    assert.equal(none.isUsable(), false);
  });

  it('takes an answer that does not fit for none', async () => {
    const asked = helper.ask({ kind: 'end', pid: 4, born });
    helpers.answer('killed');
    assert.equal((await asked).kind, 'unavailable');
  });
});
