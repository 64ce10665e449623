/** Among services that are down together: which one the others are down for. */
import type { Finding } from '../diagnosis/finding';
import type { Service } from '../lifecycle/state';
import { commandIds } from '../model/commandIds';

/** From the id of a service to the id of the one that its diagnosis blames. */
export type Blames = ReadonlyMap<string, string>;

/** The ids with causes before consequences: first what needs none of the others, of these what most others need. */
export function causesFirst(ids: readonly string[], services: readonly Service[], blames: Blames = new Map()): readonly string[] {
  const causes = new Map(ids.map((id) => [id, causesOf(id, services, blames)]));
  const own = (id: string): number => ids.filter((other) => causes.get(id)?.has(other)).length;
  const consequences = (id: string): number => ids.filter((other) => causes.get(other)?.has(id)).length;
  return [...ids].sort((a, b) => own(a) - own(b) || consequences(b) - consequences(a));
}

/** Every service that this one needs, directly or through others, itself left out. */
export function causesOf(id: string, services: readonly Service[], blames: Blames = new Map()): ReadonlySet<string> {
  const needs = new Map(services.map(({ spec }) => [spec.id, spec.dependsOn.map((dependency) => dependency.id)]));
  const found = new Set<string>();
  const open = [id];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    const blamed = blames.get(current);
    for (const cause of [...(needs.get(current) ?? []), ...(blamed === undefined ? [] : [blamed])]) {
      if (!found.has(cause)) open.push(cause);
      found.add(cause);
    }
  }
  found.delete(id);
  return found;
}

/** The service that a verdict points at: it offers the diagnosis of that one. */
export function blamedBy({ actions }: Pick<Finding, 'actions'>): string | undefined {
  const [id] = actions.find(({ command }) => command === commandIds.diagnose)?.arguments ?? [];
  return typeof id === 'string' ? id : undefined;
}
