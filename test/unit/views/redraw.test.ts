import assert from 'node:assert/strict';
import { Redraw } from '../../../src/views/redraw';
import { FakeClock, settle } from '../../support/fakes/clock';

/** VS Code draws a change only after this time without another one, except the first. */
const debounceMs = 200;

function scene() {
  const clock = new FakeClock();
  const fired: string[] = [];
  const redraw = new Redraw<string>(clock, (rows) => fired.push(`${clock.elapsed()}: ${rows?.join() ?? 'all'}`));
  return { clock, fired, redraw };
}

describe('views/redraw', () => {
  it('requests the first redraw at once', () => {
    const { fired, redraw } = scene();
    redraw.rows(['a', 'b']);
    assert.deepEqual(fired, ['0: a,b']);
  });

  it('collects quick changes, and never requests again before VS Code can draw', () => {
    const { clock, fired, redraw } = scene();
    for (let probe = 0; probe < 60; probe++) {
      redraw.rows([probe === 30 ? 'b' : 'a']);
      clock.turnNow(10);
    }
    assert.deepEqual(fired, ['0: a', '250: a', '500: a,b']);
    const times = fired.map((line) => parseInt(line));
    for (const [index, at] of times.entries()) assert.ok(index === 0 || at - (times[index - 1] ?? 0) > debounceMs);
  });

  it('requests the whole view when rows were added or removed', () => {
    const { clock, fired, redraw } = scene();
    redraw.rows(['a']);
    redraw.rows(['b']);
    redraw.all();
    clock.turnNow(1000);
    assert.deepEqual(fired, ['0: a', '250: all']);
  });

  it('has no timer while nothing changes, and none after dispose', () => {
    const { clock, fired, redraw } = scene();
    redraw.rows(['a']);
    clock.turnNow(1000);
    assert.equal(clock.pending, 0);
    redraw.rows(['a']);
    redraw.rows(['b']);
    redraw.dispose();
    clock.turnNow(1000);
    assert.deepEqual([clock.pending, fired.length], [0, 2]);
  });

  it('requests nothing when no row changed', () => {
    const { clock, fired, redraw } = scene();
    redraw.rows([]);
    assert.deepEqual([fired, clock.pending], [[], 0]);
  });

  it('holds at once when all is drawn, and then requests nothing for a moment', async () => {
    const { clock, fired, redraw } = scene();
    await redraw.hold();
    redraw.rows(['a']);
    clock.turnNow(249);
    assert.deepEqual(fired, []);
    clock.turnNow(1);
    assert.deepEqual(fired, ['250: a']);
  });

  it('holds once the latest request is drawn, and requests what came in between afterwards', async () => {
    const { clock, fired, redraw } = scene();
    redraw.rows(['a']);
    let isHeld = false;
    const held = redraw.hold().then(() => (isHeld = true));
    redraw.rows(['b']);
    clock.turnNow(249);
    await settle();
    assert.equal(isHeld, false);
    clock.turnNow(1);
    await held;
    assert.deepEqual(fired, ['0: a']);
    clock.turnNow(250);
    assert.deepEqual(fired, ['0: a', '500: b']);
  });

  it('keeps nobody waiting when it is disposed', async () => {
    const { redraw } = scene();
    redraw.rows(['a']);
    const held = redraw.hold();
    redraw.dispose();
    await held;
  });
});
