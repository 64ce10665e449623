/** What shall be done, in the imperative. Timers are effects as well, so that nothing in core waits. */
import type { RunEvent } from './events';
import type { PortOwner, ProcessIdentity } from '../model/process';
import type { StopSignal } from '../model/service';
import type { RunId, StartedBy } from './state';

export type Effect = { readonly run: RunId } & (
  | { readonly kind: 'awaitDependencies' }
  /** Check everything, then run it in its terminal. */
  | { readonly kind: 'launch'; readonly by: StartedBy }
  /** End the setup step that runs; the launch tells when it is given up. */
  | { readonly kind: 'callOffSetup' }
  /** Bring the terminal of the step that failed to the front, where the person wants that. */
  | { readonly kind: 'showSetup' }
  /** Ask the person what to do about those who hold the port. */
  | { readonly kind: 'askAboutPort'; readonly owners: readonly PortOwner[] }
  /** End those who hold the port, to whose end the person has agreed, then launch. */
  | { readonly kind: 'freePort'; readonly owners: readonly PortOwner[]; readonly by: StartedBy }
  /** Watch the process, remember its tree, note it in the ledger. */
  /** Watch somebody else's process. */
  | { readonly kind: 'watch'; readonly process: ProcessIdentity }
  | { readonly kind: 'follow'; readonly process: ProcessIdentity; readonly startedAt: number }
  /** One probe after `delay` ms. */
  /** The ledger learns that it was ready, so that a later window does not take it for one that starts. */
  | { readonly kind: 'noteReady'; readonly at: number }
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
  /** The ledger's note goes; what is still to be learned about the end is waited for. */
  | { readonly kind: 'awaitExplanation' }
  /** Look at the port and the processes of a service that does not answer. */
  | { readonly kind: 'inspectHang' }
  /** Report `unhealthyTooLong` after `delay` ms, with `since` as given. */
  | { readonly kind: 'watchUnhealthy'; readonly delay: number; readonly since: number }
  /** Tell the person, once, that the output names another port than the configuration. */
  | { readonly kind: 'offerPort'; readonly port: number }
  /** End what a crashed leader left behind, so that the next start finds its port free. */
  | { readonly kind: 'sweep' }
  | { readonly kind: 'showTerminal'; readonly when: 'started' | 'failed' }
);
