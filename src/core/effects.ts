/** What shall be done, in the imperative. Timers are effects as well, so that nothing in core waits. */
import type { RunEvent } from './events';
import type { ProcessIdentity } from './process';
import type { StopSignal } from './service';
import type { RunId, StartedBy } from './state';

export type Effect = { readonly run: RunId } & (
  | { readonly kind: 'awaitDependencies' }
  /** Check everything, then run it in its terminal. */
  | { readonly kind: 'launch'; readonly by: StartedBy }
  /** Watch the process, remember its tree, note it in the ledger. */
  | { readonly kind: 'follow'; readonly process: ProcessIdentity; readonly startedAt: number }
  /** One probe after `delay` ms. */
  | { readonly kind: 'probe'; readonly delay: number }
  | { readonly kind: 'stopProbing' }
  | { readonly kind: 'interrupt'; readonly signal: StopSignal; readonly command: string | undefined }
  /** Report when every process of the tree is gone. */
  | { readonly kind: 'awaitGone' }
  | { readonly kind: 'kill' }
  /** Dispatch `event` after `delay` ms, unless the run is released before. */
  | { readonly kind: 'after'; readonly delay: number; readonly event: RunEvent }
  /** Nothing of this run is left to be done: timers, probes and the ledger's note go. */
  | { readonly kind: 'release' }
  /** End what a crashed leader left behind, so that the next start finds its port free. */
  | { readonly kind: 'sweep' }
  | { readonly kind: 'showTerminal'; readonly when: 'started' | 'failed' }
);
