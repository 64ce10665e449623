/** Where a service stands in the text. */
import type { TextRange } from './problem';
import { readSyntax } from './syntax';
import { propertiesOf, rangeOf } from './tree';

/** The range of the service's key, quotes included, or undefined when the text has no such service. */
export function locateService(text: string, key: string): TextRange | undefined {
  return locateServices(text).get(key);
}

/** The ranges of all services by key, in the order of the file; of a repeated key the first. */
export function locateServices(text: string): ReadonlyMap<string, TextRange> {
  const services = propertiesOf(readSyntax(text).root).find(({ key }) => key === 'services');
  const ranges = new Map<string, TextRange>();
  for (const { key, keyNode } of propertiesOf(services?.value)) {
    if (!ranges.has(key)) ranges.set(key, rangeOf(keyNode));
  }
  return ranges;
}
