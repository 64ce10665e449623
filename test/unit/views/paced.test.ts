import assert from 'node:assert/strict';
import { Paced } from '../../../src/views/paced';
import { FakeClock } from '../../support/fakes/clock';

function scene() {
  const clock = new FakeClock();
  const drawn: number[] = [];
  const paced = new Paced(clock, () => drawn.push(clock.elapsed()));
  const change = (times: number, pause: number): void => {
    for (let time = 0; time < times; time++) {
      paced.request();
      clock.turnNow(pause);
    }
  };
  return { clock, drawn, paced, change };
}

describe('views/paced', () => {
  it('draws what changes now and then at once', () => {
    const { drawn, change } = scene();
    change(40, 300);
    assert.deepEqual(
      drawn,
      Array.from({ length: 40 }, (_, time) => 300 * time),
    );
  });

  it('draws ten quick changes at once, and then four times a second', () => {
    const { clock, drawn, change } = scene();
    change(60, 10);
    clock.turnNow(10_000);
    assert.deepEqual(drawn, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 250, 500, 750]);
  });

  it('draws the last change of a flood, and quick changes at once again after a pause', () => {
    const { clock, drawn, change } = scene();
    change(12, 1);
    clock.turnNow(5000);
    assert.deepEqual(drawn.slice(10), [250]);
    const before = clock.elapsed();
    change(3, 1);
    assert.deepEqual(drawn.slice(11), [before, before + 1, before + 2]);
  });

  it('draws nothing more once it is disposed', () => {
    const { clock, drawn, paced, change } = scene();
    change(11, 1);
    paced.dispose();
    clock.turnNow(1000);
    assert.equal(drawn.length, 10);
  });
});
