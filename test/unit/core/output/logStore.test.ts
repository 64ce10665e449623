/** Output in bounded memory, read by cursor. */
import assert from 'node:assert/strict';
import { heapMegabytes } from '../../../bench/inside/gauge';
import { logLimits, LogStore } from '../../../../src/core/output/logStore';

const texts = (store: LogStore, since?: number): readonly string[] => store.read('web', since).lines.map(({ text }) => text);

describe('core/output: logStore', () => {
  it('returns lines in order with time and run, of their service only', () => {
    const store = new LogStore();
    store.append('web', 'r1', ['one', 'two'], 5);
    store.append('api', 'r2', ['other'], 6);
    const { lines, dropped } = store.read('web');
    assert.deepEqual(
      lines.map(({ at, run, text }) => [at, run, text]),
      [
        [5, 'r1', 'one'],
        [5, 'r1', 'two'],
      ],
    );
    assert.equal(dropped, 0);
  });

  it('continues after a cursor, whichever service it is from', () => {
    const store = new LogStore();
    store.append('web', 'r1', ['one'], 5);
    store.append('api', 'r2', ['other'], 6);
    const cursor = store.last;
    assert.deepEqual(texts(store, cursor), []);
    store.append('web', 'r1', ['two'], 6);
    assert.deepEqual(texts(store, cursor), ['two']);
  });

  it('keeps no more of a piece of output than its lines', () => {
    const store = new LogStore();
    const before = heapMegabytes();
    for (let at = 0; at < 500; at += 1) {
      const piece = Buffer.from(`INFO request ${at} took 12 ms\n${'x'.repeat(60_000)}`).toString();
      const [text = ''] = piece.split('\n');
      store.append('web', 'r1', [text, { text, styled: text }], at);
    }
    const kept = heapMegabytes() - before;
    assert.ok(kept < 3, `${kept} MB`);
    assert.equal(texts(store).length, 1000);
  });

  it('keeps the last lines, and counts those that it drops', () => {
    const store = new LogStore();
    for (let at = 0; at < 6000; at += 1) store.append('web', 'r1', [`line ${at}`], at);
    const { lines, dropped } = store.read('web');
    assert.deepEqual([lines.length, dropped, lines[0]?.text], [logLimits.lines, 1000, 'line 1000']);
    assert.equal(store.read('web', lines[10]?.seq).dropped, 0);
  });

  it('keeps no more bytes than allowed, counted as UTF-8', () => {
    const store = new LogStore();
    for (let at = 0; at < 2000; at += 1) store.append('web', 'r1', ['\u20ac'.repeat(2000)], at);
    const { lines, dropped } = store.read('web');
    const bytes = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    assert.ok(bytes <= logLimits.bytes && bytes > logLimits.bytes - 6001);
    assert.equal(lines.length + dropped, 2000);
  });

  it('goes on with growing numbers when the clock is set back', () => {
    const store = new LogStore();
    store.append('web', 'r1', ['one'], 9000);
    store.append('web', 'r1', ['two'], 10);
    const [one, two] = store.read('web').lines;
    assert.ok((one?.seq ?? 0) < (two?.seq ?? 0));
  });

  it('puts what an earlier window kept before what was read since', () => {
    const before = new LogStore();
    before.append('web', 'r1', ['one'], 5);
    const store = new LogStore();
    store.append('web', 'r1', ['two'], 6);
    store.restore('web', { lines: before.read('web').lines, dropped: 7 });
    assert.deepEqual([texts(store), store.read('web').dropped], [['one', 'two'], 7]);
    const cursor = before.last;
    assert.deepEqual(texts(store, cursor), ['two']);
  });
});
