import fc from 'fast-check';
import assert from 'node:assert/strict';
import { formatDuration, parseDuration } from '../../../../src/core/config/duration';

describe('core/config/duration', () => {
  const good: readonly (readonly [number | string, number])[] = [
    [0, 0],
    [5, 5000],
    [0.25, 250],
    ['500ms', 500],
    ['1.5s', 1500],
    ['1m30s', 90_000],
    ['2h', 7_200_000],
    ['1h5m30s20ms', 3_930_020],
    ['1500us', 2],
    ['0s', 0],
  ];
  for (const [input, ms] of good) {
    it(`reads ${JSON.stringify(input)} as ${String(ms)} ms`, () => assert.deepEqual(parseDuration(input), { ok: true, ms }));
  }

  for (const input of [
    '',
    '5',
    's',
    '5 s',
    '-5s',
    '5d',
    '1.s',
    '5S',
    's5',
    '1e3s',
    ' 5s',
    -1,
    Infinity,
    NaN,
    `${'9'.repeat(400)}h`,
  ]) {
    it(`refuses ${typeof input === 'string' ? JSON.stringify(input.slice(0, 20)) : String(input)}`, () =>
      assert.deepEqual(parseDuration(input), { ok: false }));
  }

  it('reads back what it formats', () => {
    fc.assert(fc.property(fc.nat(10 ** 9), (ms) => assert.deepEqual(parseDuration(formatDuration(ms)), { ok: true, ms })));
  });

  it('reads a number as seconds', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 6), (seconds) => assert.deepEqual(parseDuration(seconds), parseDuration(`${String(seconds)}s`))),
    );
  });

  it('formats the largest units first', () => {
    assert.equal(formatDuration(3_930_020), '1h5m30s20ms');
    assert.equal(formatDuration(0), '0s');
  });
});
