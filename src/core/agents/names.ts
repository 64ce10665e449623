/** Which service a name means. */
import { suggest } from '../config/suggest';
import type { Service } from '../lifecycle/state';
import { shortened } from '../wording/text';

export type Named =
  | { readonly kind: 'found'; readonly service: Service }
  | { readonly kind: 'unknown'; readonly knownServices: readonly string[]; readonly nearest?: string };

/** An id, or a key that only one service has; case does not matter where no other name differs by it alone. */
export function findService(name: string, services: readonly Service[], folder?: string): Named {
  const wanted = name.trim();
  const same = (of: (service: Service) => string): readonly Service[] => services.filter((service) => of(service) === wanted);
  const folded = wanted.toLowerCase();
  const alike = services.filter(({ spec }) => spec.id.toLowerCase() === folded || spec.key.toLowerCase() === folded);
  const inFolder = same(({ spec }) => spec.key).filter(({ spec }) => spec.folder === folder);
  const [service] =
    [same(({ spec }) => spec.id), inFolder, same(({ spec }) => spec.key), alike].find(({ length }) => length === 1) ?? [];
  if (service !== undefined) return { kind: 'found', service };
  if (wanted.startsWith('@')) return unknownGroup(wanted, services);
  const knownServices = services.map(({ spec }) => spec.id);
  const names = services.flatMap(({ spec }) => (spec.id === spec.key ? [spec.id] : [spec.id, spec.key]));
  const near = suggest(shortened(wanted, maxNameLength), names);
  const nearest = near === undefined ? undefined : services.find(({ spec }) => spec.id === near || spec.key === near)?.spec.id;
  return nearest === undefined ? { kind: 'unknown', knownServices } : { kind: 'unknown', knownServices, nearest };
}

function unknownGroup(wanted: string, services: readonly Service[]): Named {
  const groups = groupNames(services);
  const nearest = suggest(shortened(wanted, maxNameLength), groups);
  return {
    kind: 'unknown',
    knownServices: [...services.map(({ spec }) => spec.id), ...groups],
    ...(nearest !== undefined && { nearest }),
  };
}

/** Reads `@core`: the services of the group, and its name. A service whose own name is that comes first, so it is asked for before. */
export function findGroup(
  name: string,
  services: readonly Service[],
): { readonly group: string; readonly services: readonly Service[] } | undefined {
  const wanted = name.trim();
  if (!wanted.startsWith('@')) return undefined;
  const group = wanted.slice(1);
  const members = services.filter(({ spec }) => spec.groups.includes(group));
  return members.length === 0 ? undefined : { group, services: members };
}

/** The names of all groups, as they are written in place of a service. */
const groupNames = (services: readonly Service[]): readonly string[] =>
  [...new Set(services.flatMap(({ spec }) => spec.groups))].map((group) => `@${group}`);

/** Longer ones are near to nothing, and comparing takes time. */
const maxNameLength = 100;
