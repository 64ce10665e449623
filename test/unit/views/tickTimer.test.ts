import assert from 'node:assert/strict';
import { TickTimer } from '../../../src/views/tickTimer';
import { FakeClock } from '../../support/fakes/clock';

function scene() {
  const clock = new FakeClock();
  const world = { isNeeded: false, ticks: 0 };
  const timer = new TickTimer(
    clock,
    () => world.isNeeded,
    () => world.ticks++,
  );
  return { clock, world, timer };
}

describe('views/tickTimer', () => {
  it('has no timer while no tick is needed', () => {
    const { clock, timer } = scene();
    timer.check();
    assert.equal(clock.pending, 0);
  });

  it('ticks once a second with one timer, however often check is called', () => {
    const { clock, world, timer } = scene();
    world.isNeeded = true;
    for (let asked = 0; asked < 5; asked++) timer.check();
    assert.equal(clock.pending, 1);
    clock.turnNow(3500);
    assert.equal(world.ticks, 3);
  });

  it('stops at once when check finds no need, or else at the next tick', () => {
    const { clock, world, timer } = scene();
    world.isNeeded = true;
    timer.check();
    world.isNeeded = false;
    timer.check();
    assert.equal(clock.pending, 0);
    world.isNeeded = true;
    timer.check();
    world.isNeeded = false;
    clock.turnNow(5000);
    assert.deepEqual([world.ticks, clock.pending], [0, 0]);
  });
});
