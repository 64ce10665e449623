/** From what the files say to what the store holds. */
import type { ServiceSpec } from '../../core/model/service';
import type { BrokenService } from '../../core/model/brokenService';
import type { Service } from '../../core/lifecycle/state';
import type { Configuration } from '../store';

/** One services.json as read. */
export interface ReadFile {
  readonly folder: string;
  readonly services: readonly ServiceSpec[];
  readonly broken: readonly BrokenService[];
  /** It has a syntax error, so that a service that is not seen may only be unreadable. */
  readonly unreadable: boolean;
}

/** While a file cannot be read to its end, the services that it named before stay: nothing vanishes because of a comma. */
export function configurationOf(files: readonly ReadFile[], before: readonly Service[]): Configuration {
  const services = files.flatMap((file) => {
    const seen = new Set([...file.services, ...file.broken].map(({ id }) => id));
    const hidden = file.unreadable ? before.filter(({ spec }) => spec.folder === file.folder && !seen.has(spec.id)) : [];
    return [...file.services, ...hidden.map(({ spec }) => spec)];
  });
  return { services, broken: files.flatMap(({ broken }) => broken) };
}
