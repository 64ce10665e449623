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
  const knownServices = services.map(({ spec }) => spec.id);
  const names = services.flatMap(({ spec }) => (spec.id === spec.key ? [spec.id] : [spec.id, spec.key]));
  const near = suggest(shortened(wanted, maxNameLength), names);
  const nearest = near === undefined ? undefined : services.find(({ spec }) => spec.id === near || spec.key === near)?.spec.id;
  return nearest === undefined ? { kind: 'unknown', knownServices } : { kind: 'unknown', knownServices, nearest };
}

/** Longer ones are near to nothing, and comparing takes time. */
const maxNameLength = 100;
