/** Converts the parsed files to the configuration of the store. */
import type { ServiceSpec } from '../../core/model/service';
import type { BrokenService } from '../../core/model/brokenService';
import type { Service } from '../../core/lifecycle/state';
import type { Configuration } from '../store';

/** One parsed services.json. */
export interface ReadFile {
  readonly folder: string;
  readonly services: readonly ServiceSpec[];
  readonly broken: readonly BrokenService[];
  /** The file has a syntax error, so an absent service may only be unreadable. */
  readonly unreadable: boolean;
}

/** Keeps the earlier services of a file with a syntax error, so that a missing comma does not remove a service. */
export function configurationOf(files: readonly ReadFile[], before: readonly Service[]): Configuration {
  const services = files.flatMap((file) => {
    const seen = new Set([...file.services, ...file.broken].map(({ id }) => id));
    const hidden = file.unreadable ? before.filter(({ spec }) => spec.folder === file.folder && !seen.has(spec.id)) : [];
    return [...file.services, ...hidden.map(({ spec }) => spec)];
  });
  return { services, broken: files.flatMap(({ broken }) => broken) };
}
