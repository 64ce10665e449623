/** Stops or restarts everything: what depends on a service is gone before the service is asked to exit, and comes after it. */
import type { Service } from '../core/lifecycle/state';
import { settled } from './settled';
import type { Clock } from './ports';
import type { Store } from './store';
import type { Supervisor } from './supervisor';

export const stopAll = (store: Store, supervisor: Supervisor, clock: Clock): Promise<void> =>
  stopInOrder(store.services(), store, supervisor, clock);

/** Stops dependents first. Settles when all of them are stopped. */
export async function stopInOrder(
  services: readonly Service[],
  store: Store,
  supervisor: Supervisor,
  clock: Clock,
): Promise<void> {
  const waiting = new Map(services.map((service) => [service.spec.id, service]));
  while (waiting.size > 0) {
    const leaves = [...waiting.values()].filter(({ spec }) => dependents(spec.id, [...waiting.values()]).length === 0);
    // A circle has no leaf; what is in it is stopped together.
    const next = leaves.length > 0 ? leaves : [...waiting.values()];
    for (const { spec } of next) supervisor.stop(spec.id);
    await supervisor.delivered();
    await Promise.all(next.map(({ spec }) => settled(spec.id, store, clock)));
    for (const { spec } of next) waiting.delete(spec.id);
  }
}

/** Stops in reverse order, then starts all: each waits for what it depends on. What is only monitored is left alone. */
export async function restartAll(store: Store, supervisor: Supervisor, clock: Clock): Promise<void> {
  const all = store.services().filter(({ state }) => state.lifecycle.kind !== 'external');
  await stopInOrder(all, store, supervisor, clock);
  for (const { spec } of all) supervisor.start(store.find(spec)?.spec.id ?? spec.id);
}

/** Services that name this one in their dependsOn. */
export const dependents = (id: string, services: readonly Service[]): readonly Service[] =>
  services.filter(({ spec }) => spec.id !== id && spec.dependsOn.some((dependency) => dependency.id === id));
