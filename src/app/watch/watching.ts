/** Restarts services after a change of the files that their `watch` names. Files of what is stopped are not observed. */
import type { Lifecycle, Service } from '../../core/lifecycle/state';
import { identityOf } from '../../core/model/identity';
import type { ServiceSpec } from '../../core/model/service';
import { rootOf } from '../../core/watch/pattern';
import { isInside, relativePath } from '../../core/workspaceFiles/paths';
import { Lifetime } from '../lifetime';
import type { Clock, Disposable } from '../ports';
import type { Store } from '../store';
import type { Supervisor } from '../supervisor';
import { Burst } from './burst';
import type { ChangedFiles, FileEvents } from './ports';

export interface WatchingParts {
  readonly store: Store;
  readonly supervisor: Pick<Supervisor, 'filesChanged'>;
  readonly clock: Clock;
  readonly events: FileEvents;
  readonly files: ChangedFiles;
  /** The whole path of the folder that the service runs in. */
  readonly folderOf: (spec: ServiceSpec) => string;
  /** Whether this window supervises the service: one window restarts it. */
  readonly supervises: (spec: ServiceSpec) => boolean;
  /** Where the extension keeps logs and notes. */
  readonly ownFolders: readonly string[];
}

export class Watching implements Disposable {
  /** By identity of the service. */
  readonly #observed = new Map<string, { readonly words: string; readonly lifetime: Lifetime }>();
  readonly #subscription: Disposable;

  constructor(private readonly parts: WatchingParts) {
    const { store } = parts;
    this.#subscription = store.onDidChange((change) => {
      if (change === 'all') this.lookAgain();
      else for (const id of change) this.#look(store.get(id));
    });
    this.lookAgain();
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const identity of [...this.#observed.keys()]) this.#leave(identity);
  }

  /** To be called when this window begins to supervise a folder. */
  lookAgain(): void {
    const services = this.parts.store.services();
    const known = new Set(services.map(({ spec }) => identityOf(spec)));
    for (const identity of [...this.#observed.keys()]) if (!known.has(identity)) this.#leave(identity);
    for (const service of services) this.#look(service);
  }

  #look(service: Service | undefined): void {
    if (service === undefined) return;
    const { spec, state } = service;
    const identity = identityOf(spec);
    const observed = this.#observed.get(identity);
    if (spec.watch === undefined || !mayRestart(state.lifecycle) || !this.parts.supervises(spec)) {
      if (observed !== undefined) this.#leave(identity);
      return;
    }
    const words = JSON.stringify([spec.watch, spec.cwd]);
    if (observed?.words === words) return;
    this.#leave(identity);
    this.#observed.set(identity, { words, lifetime: this.#observe(spec, spec.watch) });
  }

  #leave(identity: string): void {
    this.#observed.get(identity)?.lifetime.dispose();
    this.#observed.delete(identity);
  }

  #observe(spec: ServiceSpec, watch: NonNullable<ServiceSpec['watch']>): Lifetime {
    const { clock, files, events, ownFolders } = this.parts;
    const folder = this.parts.folderOf(spec);
    const lifetime = new Lifetime();
    const report = (first: string, others: number, changedAt: number): void => {
      const id = this.parts.store.find(spec)?.spec.id;
      const file = relativePath(spec.folder, first).replaceAll('\\', '/');
      if (id !== undefined) this.parts.supervisor.filesChanged(id, { kind: 'changed', file, others }, changedAt);
    };
    const burst = lifetime.add(new Burst({ clock, files, watch, folder, report }));
    for (const root of new Set(watch.paths.map((pattern) => rootOf(folder, pattern))))
      lifetime.add(
        events.watch(root, (path) => {
          if (!ownFolders.some((own) => isInside(path, own))) burst.add(path);
        }),
      );
    return lifetime;
  }
}

/** A state that a change of files may lead out of, or that leads to such a state at once. */
const mayRestart = ({ kind }: Lifecycle): boolean => kind !== 'stopped' && kind !== 'exited' && kind !== 'external';
