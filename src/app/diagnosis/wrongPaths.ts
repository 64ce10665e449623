/** The health paths that were not tried and seem wrong while their services are up: a change of one service is a look at that one. */
import type { Service } from '../../core/lifecycle/state';
import { doubtfulStatus, isUnproven } from '../../core/model/unprovenPath';
import { healthOf } from '../../core/snapshot/toSnapshot';
import { explainWrongPath } from '../../core/wording/explainProbe';
import type { Disposable } from '../ports';
import type { Change, ServiceStore } from '../store';

export interface WrongPath {
  readonly folder: string;
  readonly key: string;
  readonly message: string;
}

export class WrongPaths implements Disposable {
  readonly #subscription: Disposable;
  /** By id. */
  #found: ReadonlyMap<string, WrongPath> = new Map();

  /** `changed` is called when there are others than before. */
  constructor(
    private readonly store: ServiceStore,
    private readonly changed: () => void,
  ) {
    this.#subscription = store.onDidChange((change) => this.#look(change));
    this.#found = this.#after('all');
  }

  /** In the order of the files. */
  get found(): readonly WrongPath[] {
    if (this.#found.size === 0) return [];
    return this.store.services().flatMap(({ spec }) => this.#found.get(spec.id) ?? []);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #look(change: Change): void {
    const before = this.#found;
    this.#found = this.#after(change);
    const isSame = this.#found.size === before.size && [...this.#found].every(([id, path]) => isEqual(path, before.get(id)));
    if (!isSame) this.changed();
  }

  #after(change: Change): ReadonlyMap<string, WrongPath> {
    const { store } = this;
    const found = new Map(change === 'all' ? [] : this.#found);
    for (const id of change === 'all' ? store.services().map(({ spec }) => spec.id) : change) {
      const service = store.get(id);
      const path = service === undefined || this.#isCorrected(service) ? undefined : wrongPathOf(service);
      if (path === undefined) found.delete(id);
      else found.set(id, path);
    }
    return found;
  }

  /** A running service keeps the configuration that it was started with. */
  #isCorrected({ spec }: Service): boolean {
    if (spec.probe === undefined || !isUnproven(spec.probe)) return true;
    const probe = this.store.written(spec.id)?.probe;
    return probe === undefined || !isUnproven(probe);
  }
}

const isEqual = (one: WrongPath, other: WrongPath | undefined): boolean =>
  one.message === other?.message && one.key === other.key && one.folder === other.folder;

function wrongPathOf({ spec, state }: Service): WrongPath | undefined {
  const { probe, folder, key } = spec;
  const status = doubtfulStatus(probe, healthOf(state.lifecycle) ?? { kind: 'none' });
  if (probe === undefined || status === undefined) return undefined;
  return { folder, key, message: explainWrongPath(probe, status) };
}
