/** Whether the value of a variable in a .env file may be overridden: then its line proves nothing. */
import { nameOf, parentOf } from '../workspaceFiles/paths';
import { envEntries } from '../workspaceFiles/envFile';
import type { Reference } from '../workspaceFiles/reference';
import { isEnvFile } from '../workspaceFiles/wiring';
import { ownersOf } from './context';
import type { WiringContext } from './context';

/** Overridden by a later line, by another file, or by `env` or `envFile` of a service. */
export function mayBeOverridden({ file, name, offset }: Reference, context: WiringContext): boolean {
  const owners = ownersOf(file, context).map(({ spec }) => spec);
  if (owners.some(({ env }) => name in env)) return true;
  // Variables from an env file of the service are in its environment, which overrides the files that the tool itself reads.
  if (owners.some(({ envFiles }) => envFiles.some((path) => nameOf(path) !== nameOf(file)))) return true;
  const folder = parentOf(file);
  return [...context.texts].some(
    ([other, text]) =>
      parentOf(other) === folder &&
      isEnvFile(nameOf(other)) &&
      rank(nameOf(other)) >= rank(nameOf(file)) &&
      envEntries(text).some((entry) => entry.name === name && (other !== file || entry.offset > offset)),
  );
}

/** .env.local and .env.development have the same rank: Vite prefers the second, Next and react-scripts prefer the first. */
const rank = (name: string): number => name.split('.').length;
