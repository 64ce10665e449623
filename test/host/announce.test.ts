/** A program that starts a service gets the outcome. Until then, no notification is shown for the service. */
import assert from 'node:assert/strict';
import { freePort, server } from './support/server';
import { cleanUp, configure, record, unique } from './support/services';

describe('a start that a program requested', () => {
  afterEach(cleanUp);

  it('is awaited until its outcome is known, and not longer', async () => {
    const id = unique('web');
    const api = await configure({ [id]: server(await freePort(), { command: ['node', '-e', 'process.exit(3)'] }) });
    // Not part of the contract: the composition root calls it on the same object.
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
