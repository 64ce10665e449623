import assert from 'node:assert/strict';
import { Listeners } from '../../../src/app/listeners';

describe('app/listeners', () => {
  it('are called in the order in which they came, as they were when the call began', () => {
    const listeners = new Listeners<number>();
    const seen: string[] = [];
    const first = listeners.add((value) => {
      seen.push(`first ${value}`);
      second.dispose();
      listeners.add((later) => seen.push(`third ${later}`));
    });
    const second = listeners.add((value) => seen.push(`second ${value}`));
    listeners.call(1);
    first.dispose();
    listeners.call(2);
    assert.deepEqual(seen, ['first 1', 'second 1', 'third 2']);
  });

  it('are called although one of them throws, whose error is not lost', async () => {
    const listeners = new Listeners<number>();
    const seen: number[] = [];
    listeners.add(() => {
      throw new Error('broken view');
    });
    listeners.add((value) => seen.push(value));
    const before = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    const uncaught = new Promise<Error>((resolve) => process.once('uncaughtException', resolve));
    listeners.call(1);
    assert.equal((await uncaught).message, 'broken view');
    for (const each of before) process.on('uncaughtException', each);
    assert.deepEqual(seen, [1]);
  });
});
