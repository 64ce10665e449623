/** At most one act per interval. */
import assert from 'node:assert/strict';
import { Cadence } from '../../../../src/app/webview/cadence';
import { FakeClock } from '../../../support/fakes/clock';

describe('app/webview: cadence', () => {
  it('acts at once, then once per interval however often it is requested, and never without a request', () => {
    const clock = new FakeClock();
    const acts: number[] = [];
    const cadence = new Cadence(clock, 250, () => acts.push(clock.elapsed()));
    for (let at = 0; at < 1000; at += 10) {
      cadence.request();
      clock.turnNow(10);
    }
    clock.turnNow(5000);
    assert.deepEqual(acts, [0, 250, 500, 750, 1000]);
    cadence.request();
    assert.equal(acts.length, 6);
  });

  it('acts no more after its end', () => {
    const clock = new FakeClock();
    let acts = 0;
    const cadence = new Cadence(clock, 250, () => (acts += 1));
    cadence.request();
    cadence.request();
    cadence.dispose();
    clock.turnNow(1000);
    assert.equal(acts, 1);
    assert.equal(clock.pending, 0);
  });
});
