/** Waits for the outcome of a request: ready, or known why not. */
import type { Service, Lifecycle } from '../core/lifecycle/state';
import { Slot } from './lifetime';
import type { Clock } from './ports';
import type { ServiceStore } from './store';

/** The exit code of a crash comes a moment after it, or the run stops waiting for it. */
const exitReportTimeoutMs = 2000;

/**
 * Settles with the service as it is when nothing more will happen without a new request; one that left the list meanwhile, with
 * its last state. Undefined for an unknown id.
 */
export function settled(id: string, store: ServiceStore, clock: Clock): Promise<Service | undefined> {
  const identity = store.get(id)?.spec;
  if (identity === undefined) return Promise.resolve(undefined);
  // Its id may change while it is waited for.
  const find = (): Service | undefined => store.find(identity);
  return new Promise((resolve) => {
    const timer = new Slot();
    let waiting = false;
    const subscription = store.onDidChange(() => check());
    const finish = (): void => {
      timer.dispose();
      subscription.dispose();
      resolve(find() ?? store.former(identity));
    };
    const check = (): void => {
      const service = find();
      const isOpen = service !== undefined && isUnexplained(service.state.lifecycle);
      if (!isOpen) {
        timer.dispose();
        waiting = false;
        if (service === undefined || !isMoving(service.state.lifecycle)) finish();
      } else if (!waiting) {
        timer.set(clock.after(exitReportTimeoutMs, finish));
        waiting = true;
      }
    };
    check();
  });
}

const isMoving = (lifecycle: Lifecycle): boolean => {
  switch (lifecycle.kind) {
    case 'queued':
    case 'launching':
    case 'starting':
    case 'stopping':
    case 'backingOff':
      return true;
    default:
      return false;
  }
};

const isUnexplained = (lifecycle: Lifecycle): boolean =>
  (lifecycle.kind === 'failed' || lifecycle.kind === 'exited') && lifecycle.awaiting !== undefined;
