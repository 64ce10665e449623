/** Addresses that the files of a service name. */
import { value } from './ask';
import type { Facts } from './facts';
import { isInside } from '../workspaceFiles/paths';
import type { Reference } from '../workspaceFiles/reference';
import { referencesIn } from '../workspaceFiles/wiring';

/** Those of the diagnosed service. */
export const references = (facts: Facts): readonly Reference[] => referencesIn(textsOf(facts, facts.cwd), facts.cwd);

/** Files in the folder of a service, without those in the folder of another one below it. */
export function textsOf(facts: Facts, cwd: string): ReadonlyMap<string, string> {
  const below = [facts.cwd, ...facts.others.map((other) => other.cwd)].filter(
    (folder) => folder !== cwd && isInside(folder, cwd),
  );
  const texts = [...(value(facts.files)?.texts ?? [])];
  return new Map(texts.filter(([file]) => isInside(file, cwd) && !below.some((folder) => isInside(file, folder))));
}
