/** The two promises under every probe, with attempts that do not do as they should. */
import assert from 'node:assert/strict';
import type { Attempt } from '../../../src/os/probes/attempt';
import { withinDeadline } from '../../../src/os/probes/deadline';
import { race } from '../../../src/os/probes/race';

const never = new AbortController().signal;
const success: Attempt = { ok: true, status: 200 };

describe('a deadline', () => {
  it('is kept when the attempt ignores its signal', async () => {
    const deaf = (): Promise<Attempt> => new Promise(() => undefined);
    assert.deepEqual(await withinDeadline(20, never, deaf), { ok: false, failure: { kind: 'noAnswer', timeout: 20 } });
  });

  it('is kept when the caller has lost interest, and the attempt ignores that', async () => {
    const caller = new AbortController();
    const answer = withinDeadline(60_000, caller.signal, () => new Promise(() => undefined));
    caller.abort('over');
    assert.equal((await answer).ok, false);
  });

  it('takes an attempt that throws for a failure', async () => {
    const broken = (): Promise<Attempt> => Promise.reject(new Error('boom'));
    assert.deepEqual(await withinDeadline(1000, never, broken), {
      ok: false,
      failure: { kind: 'unreachable', detail: 'Error: boom' },
    });
  });
});

describe('a race', () => {
  const targets = [
    { address: '127.0.0.1', port: 1 },
    { address: '::1', port: 1 },
  ];

  it('aborts the losers as soon as there is a winner', async () => {
    const aborted: string[] = [];
    const run = ({ address }: { readonly address: string }, signal: AbortSignal): Promise<Attempt> => {
      if (address === '::1') return Promise.resolve(success);
      return new Promise(() => signal.addEventListener('abort', () => aborted.push(address)));
    };
    assert.deepEqual(await race(targets, never, run), success);
    assert.deepEqual(aborted, ['127.0.0.1']);
  });

  it('aborts all when the caller has lost interest', async () => {
    const caller = new AbortController();
    const aborted: string[] = [];
    const failure: Attempt = { ok: false, failure: { kind: 'noAnswer', timeout: 1 } };
    const run = ({ address }: { readonly address: string }, signal: AbortSignal): Promise<Attempt> =>
      new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          aborted.push(address);
          resolve(failure);
        }),
      );
    const found = race(
      targets.map((target) => ({ ...target, port: 2 })),
      caller.signal,
      run,
    );
    caller.abort('over');
    assert.equal((await found).ok, false);
    assert.deepEqual(aborted.sort(), ['127.0.0.1', '::1']);
  });
});
