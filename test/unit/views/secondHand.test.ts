import assert from 'node:assert/strict';
import { SecondHand } from '../../../src/views/secondHand';
import { HandClock } from './handClock';

function scene() {
  const clock = new HandClock();
  const world = { isNeeded: false, ticks: 0 };
  const hand = new SecondHand(
    clock,
    () => world.isNeeded,
    () => world.ticks++,
  );
  return { clock, world, hand };
}

describe('views/secondHand', () => {
  it('has no timer while nobody needs it', () => {
    const { clock, hand } = scene();
    hand.check();
    assert.equal(clock.pending, 0);
  });

  it('ticks once a second with one timer, however often it is asked', () => {
    const { clock, world, hand } = scene();
    world.isNeeded = true;
    for (let asked = 0; asked < 5; asked++) hand.check();
    assert.equal(clock.pending, 1);
    clock.turn(3500);
    assert.equal(world.ticks, 3);
  });

  it('ends by itself, at once when it is told', () => {
    const { clock, world, hand } = scene();
    world.isNeeded = true;
    hand.check();
    world.isNeeded = false;
    hand.check();
    assert.equal(clock.pending, 0);
    world.isNeeded = true;
    hand.check();
    world.isNeeded = false;
    clock.turn(5000);
    assert.deepEqual([world.ticks, clock.pending], [0, 0]);
  });
});
