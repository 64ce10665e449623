import assert from 'node:assert/strict';
import { HoveredRows } from '../../../src/views/hoveredRows';
import { FakeClock } from '../../support/fakes/clock';

describe('views/hoveredRows', () => {
  const make = () => {
    const clock = new FakeClock();
    const released: string[] = [];
    return { clock, released, rows: new HoveredRows<string>(clock, (row) => released.push(row)) };
  };

  it('holds a row for 30 s after its last hover, then releases it once', () => {
    const { clock, released, rows } = make();
    rows.add('api');
    clock.turnNow(20_000);
    rows.add('api');
    clock.turnNow(29_999);
    assert.deepEqual([rows.has('api'), released], [true, []]);
    clock.turnNow(1);
    assert.deepEqual([rows.has('api'), released], [false, ['api']]);
    clock.turnNow(60_000);
    assert.deepEqual(released, ['api']);
  });

  it('does not release a row that was drawn again for another reason', () => {
    const { clock, released, rows } = make();
    rows.add('api');
    rows.delete('api');
    assert.equal(rows.has('api'), false);
    clock.turnNow(60_000);
    assert.deepEqual(released, []);
  });

  it('leaves no timer after it is disposed', () => {
    const { clock, released, rows } = make();
    rows.add('api');
    rows.dispose();
    clock.turnNow(60_000);
    assert.deepEqual(released, []);
  });
});
