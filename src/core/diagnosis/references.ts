/** Addresses that the files of the diagnosed service name. */
import { value } from './ask';
import type { Facts } from './facts';
import type { Reference } from './wiring/reference';
import { referencesIn } from './wiring/wiring';

export const references = (facts: Facts): readonly Reference[] => {
  const files = value(facts.files);
  return files === undefined ? [] : referencesIn(files.texts, facts.cwd);
};
