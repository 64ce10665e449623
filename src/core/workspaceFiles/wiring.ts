/** All addresses in the files of a service. */
import { isInside, nameOf } from './paths';
import { envReferences } from './envFile';
import { proxiesIn } from './proxies';
import type { Reference } from './reference';

export const isEnvFile = (name: string): boolean => /^\.env(?:\.(?:local|development|development\.local))?$/.test(name);

/** Returns the addresses in the files in `folder` and below, in the order of `texts`. */
export function referencesIn(texts: ReadonlyMap<string, string>, folder: string): readonly Reference[] {
  return [...texts]
    .filter(([file]) => isInside(file, folder))
    .flatMap(([file, text]) => (isEnvFile(nameOf(file)) ? envReferences(file, text) : proxiesIn(file, text)));
}
