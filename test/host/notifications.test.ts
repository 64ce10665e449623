/** An extension that starts a service through the API receives the outcome, and until then there is no notification. */
import assert from 'node:assert/strict';
import { freePort, server } from './support/server';
import { cleanUp, configure, record, unique } from './support/services';

describe('a start through the API', () => {
  afterEach(cleanUp);

  it('is awaited until its outcome is known, and not longer', async () => {
    const id = unique('web');
    const api = await configure({ [id]: server(await freePort(), { command: ['node', '-e', 'process.exit(3)'] }) });
    // It is no part of the API: the composition root calls it on the same object.
    const ask: unknown = Reflect.get(api, 'isAwaited');
    assert.ok(typeof ask === 'function');
    const isAwaited = (): unknown => Reflect.apply(ask, api, [id]);
    const { seen, stop } = await record(id);
    assert.equal(isAwaited(), false);
    const outcome = api.start(id);
    assert.equal(isAwaited(), true);
    assert.equal((await outcome).lifecycle, 'failed');
    assert.equal(isAwaited(), false);
    assert.ok(seen.some(({ lifecycle }) => lifecycle === 'failed'));
    stop();
  });
});
