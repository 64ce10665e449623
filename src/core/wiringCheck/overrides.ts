/** Whether a variable of a .env file may have another value in the end: then its line proves nothing. */
import { nameOf, parentOf } from '../workspaceFiles/paths';
import { envEntries } from '../workspaceFiles/envFile';
import type { Reference } from '../workspaceFiles/reference';
import { isEnvFile } from '../workspaceFiles/wiring';
import { ownersOf } from './scene';
import type { Scene } from './scene';

/** By a later line, by another file, or by a service's `env` and `envFile`. */
export function mayBeOverridden({ file, name, offset }: Reference, scene: Scene): boolean {
  const owners = ownersOf(file, scene).map(({ spec }) => spec);
  if (owners.some(({ env }) => name in env)) return true;
  // What comes from an env file of the service stands in its environment, which counts for more than files that are read later.
  if (owners.some(({ envFiles }) => envFiles.some((path) => nameOf(path) !== nameOf(file)))) return true;
  const folder = parentOf(file);
  return [...scene.texts].some(
    ([other, text]) =>
      parentOf(other) === folder &&
      isEnvFile(nameOf(other)) &&
      rank(nameOf(other)) >= rank(nameOf(file)) &&
      envEntries(text).some((entry) => entry.name === name && (other !== file || entry.offset > offset)),
  );
}

/** .env.local and .env.development: in Vite the second wins, in Next and react-scripts the first. */
const rank = (name: string): number => name.split('.').length;
