/** Reads one property of "services", independently of the others. */
import type { Node } from 'jsonc-parser';
import * as v from 'valibot';
import { defined } from '../model/defined';
import { t } from '../wording/l10n';
import { explainIssues, quote } from './issue';
import type { ConfigProblem } from './problem';
import { readValue } from './readValue';
import { checkRules, checkStart } from './rules';
import { serviceSchema } from './schema';
import type { ReadService } from './schema';
import { suggest } from './suggest';
import type { SyntaxError } from './syntax';
import { brokenBy } from './syntax';
import { rangeAt, rangeOf } from './tree';
import type { Path, Property } from './tree';

export interface Entry {
  readonly id: string;
  readonly property: Property;
  /** Undefined when it has an error. */
  readonly service: ReadService | undefined;
  readonly problems: readonly ConfigProblem[];
}

export function readEntry(id: string, property: Property, errors: readonly SyntaxError[]): Entry {
  const broken = brokenBy(property, errors);
  if (broken !== undefined) return { id, property, service: undefined, problems: [{ ...broken.problem, service: id }] };
  const name = checkName(id, property);
  if (property.value === undefined || name !== undefined)
    return { id, property, service: undefined, problems: name === undefined ? [] : [name] };

  const { value, unknown, repeated } = readValue(property.value, serviceSchema);
  const problems: ConfigProblem[] = [
    ...repeated.map((again) => duplicateKey(again, id)),
    ...unknown.map((key) => unknownKey({ ...key.property, path: key.path, known: key.known, id })),
  ];
  const read = v.safeParse(serviceSchema, value);
  const found = read.success
    ? checkRules(read.output)
    : explainIssues(read.issues).map((finding) => ({ ...finding, severity: 'error' as const }));
  for (const { path, part, ...finding } of [...checkStart(value), ...found])
    problems.push({ ...finding, range: rangeAt(property, path, part), service: id });
  const sound = read.success && problems.every(({ severity }) => severity === 'warning');
  return { id, property, service: sound ? read.output : undefined, problems };
}

/** Names that valibot and plain objects cannot hold as keys. */
const reserved = new Set(['__proto__', 'constructor', 'prototype']);

function checkName(id: string, { key, keyNode }: Property): ConfigProblem | undefined {
  const message = nameProblem(key);
  return message === undefined
    ? undefined
    : { severity: 'error', code: 'invalidName', message, range: rangeOf(keyNode), service: id };
}

/** Returns why this cannot be the name of a service; undefined when it can. */
export function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return t('A service needs a name: write one between the quotes.');
  if (name.includes('/'))
    return t('The name "{0}" must not contain "/", which separates folder and service: use another character.', name);
  if (reserved.has(name)) return t('The name "{0}" is reserved by JavaScript: choose another name.', name);
  return undefined;
}

export const duplicateKey = ({ key, keyNode }: Property, service: string): ConfigProblem => ({
  severity: 'error',
  code: 'duplicateKey',
  message: t('Duplicate key "{0}": remove one of them.', key),
  range: rangeOf(keyNode),
  service,
});

interface Unknown {
  readonly key: string;
  readonly keyNode: Node;
  readonly path: Path;
  readonly known: readonly string[];
  readonly id?: string;
}

export function unknownKey({ key, keyNode, path, known, id }: Unknown): ConfigProblem {
  const near = suggest(key, known);
  const name = quote([...path, key]);
  return {
    severity: 'warning',
    code: 'unknownKey',
    message:
      near === undefined
        ? t('Unknown key {0} has no effect: remove it.', name)
        : t('Unknown key {0} has no effect: did you mean "{1}"?', name, near),
    range: rangeOf(keyNode),
    ...defined({ service: id, suggestion: near }),
  };
}
