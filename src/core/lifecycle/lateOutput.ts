/** Output that arrives after the end of a run was explained: it completes the cause, and spares a restart that would fail in the same way. */
import { repeatingCause } from './backoff';
import type { RunEvent } from './events';
import type { Failure } from '../model/failure';
import type { Lifecycle } from './state';
import { go, stay } from './step';
import type { Context, Step } from './step';

type Over = Extract<Lifecycle, { kind: 'failed' | 'exited' | 'backingOff' }>;
type Late = Extract<RunEvent, { kind: 'lastLineSeen' }>;

export function onLateLine({ state }: Context, lifecycle: Over, { run, lastLine }: Late): Step {
  if (lifecycle.kind === 'exited') return stay(state);
  const failure = completed(lifecycle.failure, lastLine);
  if (failure === undefined) return stay(state);
  if (lifecycle.kind === 'failed' || failure.kind !== 'crashed') return go(state, { ...lifecycle, failure });
  const repeats = failure.end.exitCode === 0 ? undefined : repeatingCause(failure.end);
  if (repeats === undefined) return go(state, { ...lifecycle, failure });
  return go(
    state,
    { kind: 'failed', run, at: lifecycle.since, failure: { ...failure, repeats } },
    { kind: 'release', run },
    { kind: 'showTerminal', run, when: 'failed' },
  );
}

/** Undefined when the line is no news, or does not concern the failure. */
function completed(failure: Failure, lastLine: string): Failure | undefined {
  switch (failure.kind) {
    case 'crashed':
      return failure.end.lastLine === lastLine ? undefined : { ...failure, end: { ...failure.end, lastLine } };
    case 'gaveUp': {
      const last = completed(failure.last, lastLine);
      return last === undefined ? undefined : { ...failure, last };
    }
    default:
      return undefined;
  }
}
