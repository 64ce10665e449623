/** Waits for the outcome of a request: ready, or known why not. */
import type { Service } from '../core/snapshot';
import type { Lifecycle } from '../core/state';
import type { Clock } from './ports';
import type { ServiceStore } from './store';

/** The exit code of a crash comes a moment after it; this long (ms) it is waited for. */
const explanationTime = 1000;

/** Settles with the service as it is when nothing more will happen by itself; undefined when it went from the file. */
export function settled(id: string, store: ServiceStore, clock: Clock): Promise<Service | undefined> {
  const find = (): Service | undefined => store.services().find(({ spec }) => spec.id === id);
  return new Promise((resolve) => {
    let waiting = false;
    const subscription = store.onDidChange(() => check());
    const finish = (): void => {
      subscription.dispose();
      resolve(find());
    };
    const check = (): void => {
      const service = find();
      if (service !== undefined && isMoving(service.state.lifecycle)) return;
      if (service === undefined || !isUnexplained(service.state.lifecycle)) return finish();
      if (!waiting) clock.after(explanationTime, finish);
      waiting = true;
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
  (lifecycle.kind === 'failed' && lifecycle.failure.kind === 'crashed' && lifecycle.failure.end.exitCode === undefined) ||
  (lifecycle.kind === 'exited' && lifecycle.exitCode === undefined);
