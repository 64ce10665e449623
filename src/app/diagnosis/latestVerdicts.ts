/** Diagnoses each service as soon as it fails or is unhealthy, so that its row shows the cause and not only the symptom. */
import type { Finding } from '../../core/diagnosis/finding';
import { hasVerdict, latestVerdict } from '../../core/diagnosis/verdict';
import type { Service } from '../../core/lifecycle/state';
import { openQuestion } from '../../core/snapshot/openQuestion';
import { verdictKey } from '../../core/snapshot/verdictKey';
import { Lifetime } from '../lifetime';
import type { Clock, Disposable } from '../ports';
import { changedServices } from '../store';
import type { Change, Store } from '../store';

export interface LatestVerdictParts {
  readonly store: Store;
  readonly clock: Clock;
  diagnose(id: string): Promise<readonly Finding[]>;
}

/** Evidence of a hang and the last lines of the output come within this time. */
const settleMs = 400;
/** A diagnosis reads processes, ports and files: those of a hundred services must not run together. */
const maxAtOnce = 2;

export class LatestVerdicts implements Disposable {
  readonly #lifetime = new Lifetime();
  /** By id: the key of the state that was diagnosed last, or is about to be. */
  readonly #keys = new Map<string, string>();
  readonly #timers = new Map<string, Disposable>();
  readonly #waiting = new Set<string>();
  #running = 0;

  /** Looks at all services at once, because some may have failed before this part was loaded. */
  constructor(private readonly parts: LatestVerdictParts) {
    this.#lifetime.add(parts.store.onDidChange((change) => this.#observe(change)));
    this.#observe('all');
  }

  /** Diagnoses a service, and keeps what was found as long as its state is the one that was diagnosed. Rejects for an unknown id. */
  async diagnose(id: string): Promise<readonly Finding[]> {
    const { store } = this.parts;
    const before = store.get(id);
    const findings = await this.parts.diagnose(id);
    if (before !== undefined && isExplained(before)) store.setVerdict(id, verdictKey(before), latestVerdict(findings));
    return findings;
  }

  dispose(): void {
    this.#lifetime.dispose();
    for (const timer of this.#timers.values()) timer.dispose();
    this.#timers.clear();
    this.#waiting.clear();
  }

  #observe(change: Change): void {
    const { store, clock } = this.parts;
    if (change === 'all') for (const id of [...this.#keys.keys()]) if (store.get(id) === undefined) this.#keys.delete(id);
    const services = changedServices(store, change);
    for (const service of services) {
      const { id } = service.spec;
      if (!isExplained(service)) this.#keys.delete(id);
      else if (this.#keys.get(id) !== verdictKey(service)) {
        const key = verdictKey(service);
        this.#keys.set(id, key);
        this.#timers.get(id)?.dispose();
        this.#timers.set(
          id,
          clock.after(settleMs, () => this.#request(id, key)),
        );
      }
    }
  }

  #request(id: string, key: string): void {
    this.#timers.delete(id);
    if (this.#keys.get(id) !== key) return;
    this.#waiting.add(id);
    this.#next();
  }

  #next(): void {
    const [id] = this.#waiting;
    if (id === undefined || this.#running >= maxAtOnce || this.#lifetime.isOver) return;
    this.#waiting.delete(id);
    this.#running += 1;
    // Without a verdict the row shows what the state knows.
    void this.diagnose(id)
      .catch(() => [])
      .finally(() => {
        this.#running -= 1;
        this.#next();
      });
  }
}

/** Whether a diagnosis could find more than the state shows: not while the exit code is awaited, nor where the user is asked. */
const isExplained = (service: Service): boolean => {
  const { lifecycle } = service.state;
  const isAwaited = (lifecycle.kind === 'failed' || lifecycle.kind === 'exited') && lifecycle.awaiting !== undefined;
  return hasVerdict(service) && !isAwaited && openQuestion(lifecycle) === undefined;
};
