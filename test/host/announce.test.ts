/** A program that starts a service is given the outcome; until it has it, the announcer leaves the telling to the program. */
import assert from 'node:assert/strict';
import { freePort, server } from './support/server';
import { cleanUp, configure, record, unique } from './support/services';

describe('a start that a program asked for', () => {
  afterEach(cleanUp);

  it('is awaited until its outcome is known, and not after it', async () => {
    const id = unique('web');
    const api = await configure({ [id]: server(await freePort(), { command: ['node', '-e', 'process.exit(3)'] }) });
    // No part of the contract: the composition root asks it of the same object.
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
