/** Finds the text ranges of services, and of what can be checked in them. */
import type { TextRange } from './problem';
import { readSyntax } from './syntax';
import { propertiesOf, rangeOf } from './tree';
import type { Property } from './tree';

/** Returns the range of the service's key, quotes included; undefined when the text has no such service. */
export function locateService(text: string, key: string): TextRange | undefined {
  return locateServices(text).get(key);
}

/** Returns the ranges of all services by key, in the order of the file. Of a repeated key the first counts. */
export const locateServices = (text: string): ReadonlyMap<string, TextRange> =>
  new Map([...servicesIn(text)].map(([key, { keyNode }]) => [key, rangeOf(keyNode)]));

/** Returns the range of the value of a service's key, or of the service's name when the key is absent. */
export function locateValue(text: string, service: string, key: string): TextRange {
  const found = servicesIn(text).get(service);
  if (found === undefined) return { offset: 0, length: 0 };
  const value = propertiesOf(found.value).find((member) => member.key === key)?.value;
  return rangeOf(value ?? found.keyNode);
}

/** Returns the ranges of the checks of each service, by its key, each whole and in the order of the file. */
export const locateChecks = (text: string): ReadonlyMap<string, readonly TextRange[]> =>
  new Map([...servicesIn(text)].map(([key, { value }]) => [key, checksIn(value)]));

function checksIn(service: Property['value']): readonly TextRange[] {
  const checks = propertiesOf(service).find(({ key }) => key === 'checks');
  return (checks?.value?.children ?? []).map(rangeOf);
}

function servicesIn(text: string): ReadonlyMap<string, Property> {
  const services = propertiesOf(readSyntax(text).root).find(({ key }) => key === 'services');
  const found = new Map<string, Property>();
  for (const property of propertiesOf(services?.value)) if (!found.has(property.key)) found.set(property.key, property);
  return found;
}
