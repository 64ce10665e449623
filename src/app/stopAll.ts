/** Stops or restarts everything: what depends on a service is gone before the service is asked to exit, and comes after it. */
import type { Service } from '../core/lifecycle/state';
import { settled } from './settled';
import type { Clock } from './ports';
import type { Store } from './store';
import type { Supervisor } from './supervisor';

export const stopAll = (store: Store, supervisor: Supervisor, clock: Clock): Promise<void> =>
  stopInOrder(store.services(), store, supervisor, clock);

/** Stops dependents first. Settles when all of them are stopped. */
export const stopInOrder = (services: readonly Service[], store: Store, supervisor: Stopper, clock: Clock): Promise<void> =>
  dependentsFirst(services, async (wave) => {
    for (const { spec } of wave) supervisor.stop(spec.id);
    await supervisor.delivered();
    await Promise.all(wave.map(({ spec }) => settled(spec.id, store, clock)));
  });

type Stopper = Pick<Supervisor, 'stop' | 'delivered'>;

/** Acts on services in waves: each after the services that depend on it. */
export async function dependentsFirst(
  services: readonly Service[],
  act: (wave: readonly Service[]) => Promise<void>,
): Promise<void> {
  const waiting = new Map(services.map((service) => [service.spec.id, service]));
  while (waiting.size > 0) {
    const leaves = [...waiting.values()].filter(({ spec }) => dependents(spec.id, [...waiting.values()]).length === 0);
    // A circle has no leaf; what is in it is taken together.
    const next = leaves.length > 0 ? leaves : [...waiting.values()];
    await act(next);
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
