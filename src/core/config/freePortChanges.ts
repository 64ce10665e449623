/** What gives a service a free port instead of a fixed one: `"port": "auto"`, and `${port}` wherever its entry has the number. */
import { getNodeValue } from 'jsonc-parser';
import { servicesOf } from './references';
import type { ConfigChange } from './setValues';
import { readSyntax } from './syntax';
import { propertiesOf } from './tree';

/** Empty when the text has no such service, or its port is not fixed. */
export function freePortChanges(text: string, key: string): readonly ConfigChange[] {
  const entry = servicesOf(readSyntax(text).root).find((service) => service.key === key)?.value;
  const members = propertiesOf(entry).flatMap(({ key: name, value }) =>
    value === undefined ? [] : [[name, getNodeValue(value) as unknown] as const],
  );
  const port = members.find(([name]) => name === 'port')?.[1];
  if (typeof port !== 'number') return [];
  const changed = members.flatMap(([name, value]): readonly ConfigChange[] => {
    const other = changedValue(name, value, port);
    return JSON.stringify(other) === JSON.stringify(value) ? [] : [{ path: [name], value: other }];
  });
  return [{ path: ['port'], value: 'auto' }, ...changed];
}

function changedValue(name: string, value: unknown, port: number): unknown {
  switch (name) {
    case 'command':
      return inTexts(value, new RegExp(`(?<![\\d.])${port}(?![\\d.])`, 'g'));
    case 'url':
    case 'checks':
      return inTexts(value, addressOf(port));
    case 'health':
      // Without `health`, the port is probed.
      return isRecord(value) && value['tcp'] === port ? undefined : inTexts(value, addressOf(port));
    case 'env':
      return isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inVariable(key, each, port)]))
        : value;
    default:
      return value;
  }
}

const addressOf = (port: number): RegExp => new RegExp(`(?<=:)${port}(?!\\d)`, 'g');

/** The same number may be a limit or a time: it counts in an address, and in a variable that is named after a port. */
const inVariable = (key: string, value: unknown, port: number): unknown =>
  value === String(port) && /port/i.test(key) ? variable : inTexts(value, addressOf(port));

function inTexts(value: unknown, number: RegExp): unknown {
  if (typeof value === 'string') return value.replace(number, () => variable);
  if (Array.isArray(value)) return value.map((each) => inTexts(each, number));
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inTexts(each, number)])) : value;
}

const variable = '${port}';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
