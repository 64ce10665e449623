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

  /** Returns both addresses of a port, of which 127.0.0.1 has answered and so gets a head start. */
  const afterAnAnswer = async (port: number): Promise<typeof targets> => {
    await race([{ address: '127.0.0.1', port }], new AbortController(), () => Promise.resolve(success));
    return targets.map((target) => ({ ...target, port }));
  };

  it('aborts the losers as soon as there is a winner', async () => {
    const aborted: string[] = [];
    const run = ({ address }: { readonly address: string }, signal: AbortSignal): Promise<Attempt> => {
      if (address === '::1') return Promise.resolve(success);
      return new Promise(() => signal.addEventListener('abort', () => aborted.push(address)));
    };
    assert.deepEqual(await race(targets, new AbortController(), run), success);
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
      caller,
      run,
    );
    caller.abort('over');
    assert.equal((await found).ok, false);
    assert.deepEqual(aborted.sort(), ['127.0.0.1', '::1']);
  });

  it('ends the attempt that had the head start when another succeeds before it, and leaves the other alone', async () => {
    const pair = await afterAnAnswer(3);
    const signals = new Map<string, AbortSignal>();
    const run = ({ address }: { readonly address: string }, signal: AbortSignal): Promise<Attempt> => {
      signals.set(address, signal);
      return address === '::1' ? Promise.resolve(success) : new Promise(() => undefined);
    };
    assert.deepEqual(await race(pair, new AbortController(), run), success);
    assert.deepEqual([signals.get('127.0.0.1')?.aborted, signals.get('::1')?.aborted], [true, false]);
  });

  it('ends the others when the one that had the head start succeeds after all', async () => {
    const pair = await afterAnAnswer(4);
    const signals = new Map<string, AbortSignal>();
    let begin: (() => void) | undefined;
    const othersBegan = new Promise<void>((resolve) => (begin = resolve));
    const run = ({ address }: { readonly address: string }, signal: AbortSignal): Promise<Attempt> => {
      signals.set(address, signal);
      if (address === '127.0.0.1') return othersBegan.then(() => success);
      begin?.();
      return new Promise(() => undefined);
    };
    assert.deepEqual(await race(pair, new AbortController(), run), success);
    assert.deepEqual([signals.get('127.0.0.1')?.aborted, signals.get('::1')?.aborted], [false, true]);
  });

  it('aborts the one that had the head start, and the others, when the caller has lost interest', async () => {
    const pair = await afterAnAnswer(5);
    const caller = new AbortController();
    const failure: Attempt = { ok: false, failure: { kind: 'noAnswer', timeout: 1 } };
    const aborted: string[] = [];
    let begin: (() => void) | undefined;
    const bothBegan = new Promise<void>((resolve) => (begin = resolve));
    const run = ({ address }: { readonly address: string }, signal: AbortSignal): Promise<Attempt> => {
      if (address === '::1') begin?.();
      return new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          aborted.push(address);
          resolve(failure);
        }),
      );
    };
    const found = race(pair, caller, run);
    await bothBegan;
    caller.abort('over');
    assert.equal((await found).ok, false);
    assert.deepEqual(aborted.sort(), ['127.0.0.1', '::1']);
  });

  it('returns the failure of the only address as it is', async () => {
    const only = [{ address: 'gone.test', port: 6 }];
    await race(only, new AbortController(), () => Promise.resolve(success));
    const failure: Attempt = { ok: false, failure: { kind: 'unknownHost', host: 'gone.test' } };
    assert.deepEqual(await race(only, new AbortController(), () => Promise.resolve(failure)), failure);
  });
});
