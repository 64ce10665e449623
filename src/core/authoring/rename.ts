/** Finds the names of services, and what a rename changes. */
import { nameProblem } from '../config/entry';
import { nodeAt } from '../config/find';
import type { TextRange } from '../config/problem';
import { addressReferencesOf, referencesOf, servicesOf } from '../config/references';
import type { NamePlace } from '../config/references';
import { readSyntax } from '../config/syntax';
import { t } from '../wording/l10n';
import type { TextEdit } from './edit';
import { replace } from './edit';

export interface Name {
  /** Key of the service in this file; undefined when a dependency names no service of the file. */
  readonly key: string | undefined;
  readonly text: string;
  /** The range between the quotes. */
  readonly range: TextRange;
}

/** Returns the name at the offset: a service's own name, one in a `dependsOn`, or one in a `${port:…}` or `${url:…}`. */
export function nameAt(text: string, offset: number, place: NamePlace): Name | undefined {
  const { root } = readSyntax(text);
  const at = nodeAt(root, offset)?.offset;
  if (at === undefined) return undefined;
  const own = servicesOf(root).find(({ keyNode }) => keyNode.offset === at);
  if (own !== undefined) return { key: own.key, text: own.key, range: within(own.keyNode) };
  const address = addressReferencesOf(text, root, place).find(({ range }) => isWithin(offset, range));
  if (address !== undefined) return { key: address.to, text: address.name, range: address.range };
  const reference = referencesOf(root, place).find(({ range }) => range.offset === at);
  return reference === undefined ? undefined : { key: reference.to, text: reference.name, range: within(reference.range) };
}

export interface Places {
  /** Undefined when there is no such service. */
  readonly definition: TextRange | undefined;
  readonly references: readonly TextRange[];
}

/** Returns where a service is named. The ranges are between the quotes. */
export function placesOf(text: string, key: string, place: NamePlace): Places {
  const { root } = readSyntax(text);
  const own = servicesOf(root).find((service) => service.key === key);
  return {
    definition: own === undefined ? undefined : within(own.keyNode),
    references: [
      ...referencesOf(root, place).map(({ to, range }) => ({ to, range: within(range) })),
      ...addressReferencesOf(text, root, place),
    ]
      .filter(({ to }) => to === key)
      .map(({ range }) => range)
      .toSorted((a, b) => a.offset - b.offset),
  };
}

/** Returns why a service cannot have this name, in one sentence; undefined when it can. */
export function renameProblem(text: string, key: string, name: string): string | undefined {
  const keys = servicesOf(readSyntax(text).root).map((service) => service.key);
  if (keys.filter((other) => other === key).length > 1)
    return t('Duplicate service "{0}": remove one of them before renaming.', key);
  const problem = nameProblem(name);
  if (problem !== undefined) return problem;
  return name !== key && keys.includes(name) ? t('A service "{0}" already exists: choose another name.', name) : undefined;
}

/** Returns the changes of services.json. A dependency that names the folder keeps it. */
export function renameEdits(text: string, key: string, name: string, place: NamePlace): readonly TextEdit[] {
  const { root } = readSyntax(text);
  const own = servicesOf(root).filter((service) => service.key === key);
  const written = (value: string) => JSON.stringify(value);
  const renamed = (before: string) => (before === key ? name : `${before.slice(0, before.length - key.length)}${name}`);
  return [
    ...own.map(({ keyNode }) => replace(keyNode, written(name))),
    ...referencesOf(root, place)
      .filter(({ to }) => to === key)
      .map(({ name: before, range }) => replace(range, written(renamed(before)))),
    ...addressReferencesOf(text, root, place)
      .filter(({ to }) => to === key)
      .map(({ name: before, range }) => replace(range, written(renamed(before)).slice(1, -1))),
  ];
}

const within = ({ offset, length }: TextRange): TextRange => ({ offset: offset + 1, length: Math.max(0, length - 2) });

const isWithin = (at: number, { offset, length }: TextRange): boolean => at >= offset && at <= offset + length;
