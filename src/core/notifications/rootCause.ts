/** Finds the root cause among services that failed together. */
import type { Finding } from '../diagnosis/finding';
import type { Service } from '../lifecycle/state';
import { commandIds } from '../model/commandIds';

/** From the id of a service to the id of the service that its diagnosis blames. */
export type Blames = ReadonlyMap<string, string>;

/** Sorts causes before consequences: first services that depend on none of the others; of these, the one on which most depend. */
export function causesFirst(ids: readonly string[], services: readonly Service[], blames: Blames = new Map()): readonly string[] {
  const causes = new Map(ids.map((id) => [id, causesOf(id, services, blames)]));
  const own = (id: string): number => ids.filter((other) => causes.get(id)?.has(other)).length;
  const consequences = (id: string): number => ids.filter((other) => causes.get(other)?.has(id)).length;
  return [...ids].sort((a, b) => own(a) - own(b) || consequences(b) - consequences(a));
}

/** Returns every service on which this one depends, directly or through others, without itself. */
export function causesOf(id: string, services: readonly Service[], blames: Blames = new Map()): ReadonlySet<string> {
  const needs = new Map(services.map(({ spec }) => [spec.id, spec.dependsOn.map((dependency) => dependency.id)]));
  const found = new Set<string>();
  const open = [id];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    const blamed = blames.get(current);
    const causes = needs.get(current) ?? [];
    for (const cause of blamed === undefined ? causes : [...causes, blamed]) {
      if (!found.has(cause)) open.push(cause);
      found.add(cause);
    }
  }
  found.delete(id);
  return found;
}

/** Returns the id of the service that a verdict blames, which is the one whose diagnosis it offers. */
export function blamedBy({ actions }: Pick<Finding, 'actions'>): string | undefined {
  const [id] = actions.find(({ command }) => command === commandIds.diagnose)?.arguments ?? [];
  return typeof id === 'string' ? id : undefined;
}
