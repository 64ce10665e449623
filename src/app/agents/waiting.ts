/** Waits until a service is as wanted; never longer than allowed, and only as long as somebody wants the answer. */
import type { Service } from '../../core/lifecycle/state';
import type { ServiceIdentity } from '../../core/model/identity';
import { Lifetime } from '../lifetime';
import type { Clock } from '../ports';
import type { ServiceStore } from '../store';

export type Waited =
  | { readonly kind: 'done'; readonly service: Service }
  | { readonly kind: 'timeout'; readonly service: Service }
  | { readonly kind: 'cancelled' }
  /** It left the list; with its last state. */
  | { readonly kind: 'gone'; readonly service: Service | undefined };

export interface Wait {
  readonly identity: ServiceIdentity;
  readonly isDone: (service: Service) => boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export function waitFor({ identity, isDone, timeoutMs, signal }: Wait, store: ServiceStore, clock: Clock): Promise<Waited> {
  return new Promise((resolve) => {
    const lifetime = new Lifetime();
    const finish = (waited: Waited): void => {
      if (lifetime.isOver) return;
      lifetime.dispose();
      resolve(waited);
    };
    const check = (): void => {
      const service = store.find(identity);
      if (service === undefined) finish({ kind: 'gone', service: store.former(identity) });
      else if (isDone(service)) finish({ kind: 'done', service });
    };
    const abort = (): void => finish({ kind: 'cancelled' });
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);
    lifetime.add({ dispose: () => signal.removeEventListener('abort', abort) });
    lifetime.add(store.onDidChange(check));
    const late = (): void => {
      const service = store.find(identity);
      finish(service === undefined ? { kind: 'gone', service: store.former(identity) } : { kind: 'timeout', service });
    };
    lifetime.add(clock.after(timeoutMs, late));
    check();
  });
}
