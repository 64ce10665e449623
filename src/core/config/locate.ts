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

export interface CheckPlaces {
  /** The whole service. */
  readonly service: TextRange;
  /** The property that defines the health probe: `health`, or else `port`. */
  readonly health: TextRange | undefined;
  /** Each whole check, in the order of the file. */
  readonly checks: readonly TextRange[];
}

/** Returns the ranges by the keys of the services. */
export const locateChecks = (text: string): ReadonlyMap<string, CheckPlaces> =>
  new Map([...servicesIn(text)].map(([key, service]) => [key, placesIn(service)]));

function placesIn({ node, value }: Property): CheckPlaces {
  const members = propertiesOf(value);
  const member = (name: string): Property | undefined => members.find(({ key }) => key === name);
  const probe = member('health') ?? member('port');
  return {
    service: rangeOf(node),
    health: probe === undefined ? undefined : rangeOf(probe.node),
    checks: (member('checks')?.value?.children ?? []).map(rangeOf),
  };
}

function servicesIn(text: string): ReadonlyMap<string, Property> {
  const services = propertiesOf(readSyntax(text).root).find(({ key }) => key === 'services');
  const found = new Map<string, Property>();
  for (const property of propertiesOf(services?.value)) if (!found.has(property.key)) found.set(property.key, property);
  return found;
}
