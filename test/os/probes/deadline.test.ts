import assert from 'node:assert/strict';
import { failed } from '../../../src/os/probes/attempt';
import { withinDeadline } from '../../../src/os/probes/deadline';

describe('the deadline of a probe', () => {
  const forever = new AbortController().signal;
  const never = new Promise<never>(() => undefined);

  it('answers for an attempt that ignores its signal', async () => {
    assert.deepEqual(await withinDeadline(20, forever, () => never), failed({ kind: 'noAnswer', timeout: 20 }));
  });

  it('answers for an attempt that ignores the signal of the caller', async () => {
    const caller = new AbortController();
    const outcome = withinDeadline(60_000, caller.signal, () => never);
    caller.abort();
    assert.deepEqual(await outcome, failed({ kind: 'noAnswer', timeout: 60_000 }));
    assert.deepEqual(
      await withinDeadline(60_000, AbortSignal.abort(), () => never),
      failed({ kind: 'noAnswer', timeout: 60_000 }),
    );
  });

  it('prefers what the attempt reports itself shortly after the deadline', async () => {
    const late = failed({ kind: 'unreachable', detail: 'late' });
    const outcome = await withinDeadline(
      10,
      forever,
      ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(late))),
    );
    assert.equal(outcome, late);
  });

  it('turns an exception into a failure', async () => {
    const outcome = await withinDeadline(1000, forever, () => Promise.reject(new Error('broken')));
    assert.deepEqual(outcome, failed({ kind: 'unreachable', detail: 'Error: broken' }));
  });

  it('leaves the signal of the attempt alone when it ended in time', async () => {
    let seen: AbortSignal | undefined;
    await withinDeadline(20, forever, ({ signal }) => {
      seen = signal;
      return Promise.resolve({ ok: true });
    });
    await new Promise((resolve) => setTimeout(resolve, 40));
    assert.equal(seen?.aborted, false);
  });
});
