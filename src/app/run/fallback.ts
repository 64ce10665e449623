/** What becomes of a run when one of its effects throws: nothing waits for an event that can never come. */
import type { Effect } from '../../core/lifecycle/effects';
import type { RunEvent } from '../../core/lifecycle/events';

export interface Fault {
  /** The message of the error. */
  readonly detail: string;
  /** ms since the epoch */
  readonly at: number;
  /** Process of the run, as far as known. */
  readonly pid: number | undefined;
}

/** The event that the effect was to bring about, with the failure in it; undefined when nothing waits for it. */
export function fallbackOf({ kind, run }: Effect, { detail, at, pid }: Fault): RunEvent | undefined {
  switch (kind) {
    case 'launch':
    case 'freePort':
      return { kind: 'launchRefused', run, failure: { kind: 'internal', detail }, at };
    case 'askAboutPort':
      return { kind: 'portAnswered', run, answer: 'cancel', at };
    case 'probe':
      return { kind: 'probed', run, outcome: { ok: false, at, failure: { kind: 'unreachable', detail } } };
    case 'kill':
    case 'awaitGone':
      return pid === undefined ? undefined : { kind: 'treeKilled', run, killed: [], left: [pid], why: detail, at };
    default:
      return undefined;
  }
}
