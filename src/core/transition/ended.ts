/** After an end that nobody asked for: what came to be known later puts it right. The first cause wins. */
import type { RunEvent } from '../events';
import type { ProcessEnd } from '../failure';
import type { Lifecycle, ServiceState } from '../state';
import { go, stay } from './step';
import type { Context, Step } from './step';

type Ended = Extract<Lifecycle, { kind: 'failed' | 'exited' }>;

export function onEnded({ state }: Context, lifecycle: Ended, event: RunEvent): Step {
  switch (event.kind) {
    case 'endExplained':
      return explained(state, lifecycle, event);
    case 'terminalClosed':
      // The process ended because its terminal was closed, and was noticed before the closing was.
      return wasAlive(lifecycle) && event.at - lifecycle.at < closingDelay
        ? go(state, { kind: 'stopped', run: lifecycle.run, cause: { kind: 'terminalClosed' } })
        : stay(state);
    default:
      return stay(state);
  }
}

/** VS Code tells of a closed terminal within this time (ms) of the end of its process; a later closing only tidies up. */
const closingDelay = 1500;

const wasAlive = (lifecycle: Ended): boolean =>
  lifecycle.kind === 'exited' ? lifecycle.exitCode === undefined : isUnexplained(lifecycle);

const isUnexplained = (lifecycle: Extract<Ended, { kind: 'failed' }>): boolean =>
  lifecycle.failure.kind === 'crashed' && lifecycle.failure.end.exitCode === undefined;

function explained(state: ServiceState, lifecycle: Ended, event: Extract<RunEvent, { kind: 'endExplained' }>): Step {
  const { run } = lifecycle;
  if (event.interrupted && wasAlive(lifecycle)) return go(state, { kind: 'stopped', run, cause: { kind: 'ctrlC' } });
  const end: ProcessEnd = {
    exitCode: event.exitCode,
    ...(event.lastLine === undefined ? {} : { lastLine: event.lastLine }),
  };
  if (lifecycle.kind === 'failed') {
    const { failure } = lifecycle;
    return failure.kind === 'crashed' ? go(state, { ...lifecycle, failure: { ...failure, end } }) : stay(state);
  }
  const { exitCode } = event;
  if (exitCode === undefined || exitCode === 0) return go(state, { ...lifecycle, exitCode });
  return go(
    state,
    { kind: 'failed', run, at: lifecycle.at, failure: { kind: 'crashed', end, beforeReady: false } },
    { kind: 'showTerminal', run, when: 'failed' },
  );
}
