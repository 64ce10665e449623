/** Stops everything in reverse order: what depends on a service is gone before the service is asked to go. */
import type { Service } from '../core/lifecycle/state';
import { settled } from './settled';
import type { Clock } from './ports';
import type { Store } from './store';
import type { Supervisor } from './supervisor';

export async function stopAll(store: Store, supervisor: Supervisor, clock: Clock): Promise<void> {
  const waiting = new Map(store.services().map((service) => [service.spec.id, service]));
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

/** Services that name this one in their dependsOn. */
export const dependents = (id: string, services: readonly Service[]): readonly Service[] =>
  services.filter(({ spec }) => spec.id !== id && spec.dependsOn.some((dependency) => dependency.id === id));
