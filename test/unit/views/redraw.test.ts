import assert from 'node:assert/strict';
import { Redraw } from '../../../src/views/redraw';
import { FakeClock } from '../../support/fakes/clock';

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
});
