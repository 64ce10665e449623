/** Instructions of the reducer, in the imperative. Timers are effects as well, so that nothing in core waits. Delays are in ms. */
import type { RunEvent } from './events';
import type { ProbeManner } from '../model/probePace';
import type { PortOwner, ProcessIdentity } from '../model/process';
import type { StopSignal } from '../model/service';
import type { RunId, StartedBy } from './state';

export type Effect = { readonly run: RunId } &
  /** Start what the service depends on, and judge it at every change. */
  (
    | { readonly kind: 'awaitDependencies' }
    /** Check everything, then run the command in its terminal. */
    | { readonly kind: 'launch'; readonly by: StartedBy }
    /** End the setup step that is running; the launch reports when it has given up. */
    | { readonly kind: 'callOffSetup' }
    /** Bring the terminal of the failed setup step to the front, if the user wants that. */
    | { readonly kind: 'showSetup' }
    /** Ask the user what to do about the owners of the port. */
    | { readonly kind: 'askAboutPort'; readonly owners: readonly PortOwner[] }
    /** End these owners of the port, which needs no consent or has it, then launch. */
    | { readonly kind: 'freePort'; readonly owners: readonly PortOwner[]; readonly by: StartedBy }
    /** Watch the process, remember its tree, write it into the ledger. */
    | { readonly kind: 'follow'; readonly by?: StartedBy; readonly process: ProcessIdentity; readonly startedAt: number }
    /** Watch a process that is not ours, and nothing else. */
    | { readonly kind: 'watch'; readonly process: ProcessIdentity }
    /** Write into the ledger when the run was ready, so that a later window does not take it for one that is starting. */
    | { readonly kind: 'noteReady'; readonly at: number }
    /** Probe once after `delay`. */
    | { readonly kind: 'probe'; readonly delay: number; readonly manner?: ProbeManner }
    | { readonly kind: 'stopProbing' }
    /** Ask the process tree to exit: by its stop command if there is one, else by the signal. */
    | { readonly kind: 'interrupt'; readonly signal: StopSignal; readonly command: string | undefined }
    /** Report when every process of the tree is gone. */
    | { readonly kind: 'awaitGone' }
    /** End every process of the tree by force. */
    | { readonly kind: 'kill' }
    /** Dispatch `event` after `delay`, unless the run is released before. */
    | { readonly kind: 'after'; readonly delay: number; readonly event: RunEvent }
    /** Drop everything that belongs to the run: timers, probes, watches and its entry in the ledger. */
    | { readonly kind: 'release' }
    /** Remove the entry from the ledger, and wait for the exit code. */
    | { readonly kind: 'awaitExplanation' }
    /** Look at the port and the processes of a service that does not answer. */
    | { readonly kind: 'inspectHang' }
    /** Report `unhealthyTooLong` after `delay`, with `since` as given. */
    | { readonly kind: 'watchUnhealthy'; readonly delay: number; readonly since: number }
    /** Inform the user, once, that the output names another port than the configuration. */
    | { readonly kind: 'offerPort'; readonly port: number }
    /** End what a crashed leader left behind, so that the next start finds its port free. */
    | { readonly kind: 'sweep' }
    /** Bring the terminal of the service to the front, if the user wants that. */
    | { readonly kind: 'showTerminal'; readonly when: 'started' | 'failed' }
  );
