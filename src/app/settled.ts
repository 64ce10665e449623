/** Waits for the outcome of a request: ready, or known why not. */
import type { Service, Lifecycle } from '../core/lifecycle/state';
import { Slot } from './lifetime';
import type { Clock } from './ports';
import type { ServiceStore } from './store';

/** The exit code of a crash comes a moment after it, or the run stops waiting for it; past this (ms) nobody waits here. */
const explanationTime = 2000;

/** Settles with the service as it is when nothing more will happen by itself; undefined when it went from the file. */
export function settled(id: string, store: ServiceStore, clock: Clock): Promise<Service | undefined> {
  const find = (): Service | undefined => store.services().find(({ spec }) => spec.id === id);
  return new Promise((resolve) => {
    const timer = new Slot();
    let waiting = false;
    const subscription = store.onDidChange(() => check());
    const finish = (): void => {
      timer.dispose();
      subscription.dispose();
      resolve(find());
    };
    const check = (): void => {
      const service = find();
      const isOpen = service !== undefined && isUnexplained(service.state.lifecycle);
      if (!isOpen) {
        timer.dispose();
        waiting = false;
        if (service === undefined || !isMoving(service.state.lifecycle)) finish();
      } else if (!waiting) {
        timer.set(clock.after(explanationTime, finish));
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
