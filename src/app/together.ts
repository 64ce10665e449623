/** Starts, stops and restarts several services together, such as those of a group. */
import { mayStart, satisfies } from '../core/lifecycle/startPermission';
import type { Service, StartedBy } from '../core/lifecycle/state';
import type { Clock } from './ports';
import { dependents, stopInOrder } from './stopAll';
import { isActive } from './store';
import type { Store } from './store';
import type { Supervisor } from './supervisor';

export interface TogetherParts {
  readonly store: Store;
  readonly supervisor: Pick<Supervisor, 'start' | 'stop' | 'delivered'>;
  readonly clock: Clock;
}

/** Starts them, in parallel where they do not depend on each other. Returns the ids of the other services that are started for them. */
export function startTogether(
  ids: readonly string[],
  { store, supervisor }: TogetherParts,
  by: StartedBy = 'user',
): readonly string[] {
  const others = neededBesides(ids, store, by);
  for (const id of ids) supervisor.start(id, by);
  return others;
}

/** Stops them, dependents first. Settles when all are stopped. */
export const stopTogether = (ids: readonly string[], { store, supervisor, clock }: TogetherParts): Promise<void> =>
  stopInOrder(found(ids, store), store, supervisor, clock);

/** Stops them, dependents first, then starts all, and returns what `startTogether` does. What is only monitored is left alone. */
export async function restartTogether(
  ids: readonly string[],
  parts: TogetherParts,
  by: StartedBy = 'user',
): Promise<readonly string[]> {
  const { store, supervisor, clock } = parts;
  const all = found(ids, store).filter(({ state }) => state.lifecycle.kind !== 'external');
  await stopInOrder(all, store, supervisor, clock);
  // An id may have changed while they stopped.
  return startTogether(
    all.map(({ spec }) => store.find(spec)?.spec.id ?? spec.id),
    parts,
    by,
  );
}

/** The ids of the services that are not among `ids` and that a start of these starts, because they need them; each after what needs it. */
export function neededBesides(ids: readonly string[], store: Pick<Store, 'get'>, by: StartedBy = 'user'): readonly string[] {
  const seen = new Set(ids);
  const others: string[] = [];
  const visit = (id: string): void => {
    for (const dependency of store.get(id)?.spec.dependsOn ?? []) {
      const lifecycle = store.get(dependency.id)?.state.lifecycle;
      if (seen.has(dependency.id) || lifecycle === undefined || isActive(lifecycle)) continue;
      if (!mayStart(lifecycle, by) || satisfies(lifecycle, dependency.condition)) continue;
      seen.add(dependency.id);
      others.push(dependency.id);
      visit(dependency.id);
    }
  };
  for (const id of ids) if (!isRunning(store.get(id))) visit(id);
  return others;
}

/** The running services that are not among `ids` and need one of these. */
export function runningDependents(ids: readonly string[], services: readonly Service[]): readonly Service[] {
  const needing = new Set(ids.flatMap((id) => dependents(id, services)));
  return services.filter(
    (service) => needing.has(service) && !ids.includes(service.spec.id) && 'process' in service.state.lifecycle,
  );
}

const found = (ids: readonly string[], store: Store): readonly Service[] =>
  ids.map((id) => store.get(id)).filter((service) => service !== undefined);

/** A start changes nothing of it, so that it starts nothing either. */
const isRunning = (service: Service | undefined): boolean => service !== undefined && isActive(service.state.lifecycle);
