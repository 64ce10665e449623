/** Addresses in the files of a service. */
import { value } from './queries';
import type { Facts } from './facts';
import { isInside } from '../workspaceFiles/paths';
import type { Reference } from '../workspaceFiles/reference';
import { referencesIn } from '../workspaceFiles/wiring';

/** The addresses in the files of the diagnosed service. */
export const references = (facts: Facts): readonly Reference[] => referencesIn(textsOf(facts, facts.cwd), facts.cwd);

/** Returns the files in the folder of a service, without those in the folder of another service below it. */
export function textsOf(facts: Facts, cwd: string): ReadonlyMap<string, string> {
  const below = [facts.cwd, ...facts.others.map((other) => other.cwd)].filter(
    (folder) => folder !== cwd && isInside(folder, cwd),
  );
  const texts = [...(value(facts.files)?.texts ?? [])];
  return new Map(texts.filter(([file]) => isInside(file, cwd) && !below.some((folder) => isInside(file, folder))));
}
