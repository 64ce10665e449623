/** How long a test run waits for a service. */
import type { Service } from '../../core/lifecycle/state';
import type { Lifetime } from '../lifetime';
import { Slot } from '../lifetime';
import type { Clock } from '../ports';
import type { Store } from '../store';

/** Counts from the latest launch: a server that takes longer is not the service that was found. */
export const readyTimeoutMs = 60_000;

/** Settles with `late` when the service has not changed its state for a minute; an installation may take any time. */
export function notReady(id: string, store: Store, clock: Clock, lifetime: Lifetime): Promise<'late'> {
  return new Promise((resolve) => {
    const timer = lifetime.add(new Slot());
    let before = '';
    const restartTimer = (): void => {
      const now = stage(store.get(id));
      if (now === before) return;
      before = now;
      timer.set(now === 'setup' ? undefined : clock.after(readyTimeoutMs, () => resolve('late')));
    };
    lifetime.add(store.onDidChange(restartTimer));
    restartTimer();
  });
}

function stage(service: Service | undefined): string {
  const lifecycle = service?.state.lifecycle;
  return lifecycle?.kind === 'launching' ? lifecycle.phase.kind : (lifecycle?.kind ?? '');
}
