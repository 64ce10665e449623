/** Checks the rules between the services of one file. */
import { defined } from '../model/defined';
import { t } from '../wording/l10n';
import { findCircle, resolveDependency } from './dependencies';
import type { Names, Resolved } from './dependencies';
import type { Entry } from './entry';
import type { ConfigProblem } from './problem';
import type { AddressReference } from './references';
import { suggest } from './suggest';
import { propertiesOf, rangeAt } from './tree';
import type { Property } from './tree';

/** `references`: those in the texts of the services. */
export function checkRelations(
  entries: readonly Entry[],
  names: Names,
  references: readonly AddressReference[],
): readonly ConfigProblem[] {
  return [
    ...findUnknown(entries, names),
    ...findCircles(entries, names),
    ...findSharedPorts(entries),
    ...findWithoutAddress(entries, names, references),
  ];
}

function findWithoutAddress(
  entries: readonly Entry[],
  names: Names,
  references: readonly AddressReference[],
): readonly ConfigProblem[] {
  const byKey = new Map(entries.map((entry) => [entry.property.key, entry]));
  return references.flatMap((reference): ConfigProblem[] => {
    const { from, to, kind, name, range, isElsewhere } = reference;
    const place = { severity: 'error', range, ...defined({ service: byKey.get(from)?.id }) } as const;
    if (isElsewhere) return [];
    const written = `\${${kind}:${name}}`;
    if (to === undefined) {
      const near = suggest(name, names.keys);
      const message =
        near === undefined
          ? t('Unknown service "{0}" in {1}: add a service with this name, or correct it here.', name, written)
          : t('Unknown service "{0}" in {1}: did you mean "{2}"?', name, written, near);
      return [{ ...place, code: 'unknownReference', message, ...defined({ suggestion: near }) }];
    }
    const other = byKey.get(to)?.service;
    if (other === undefined || other.port !== undefined || (kind === 'url' && other.url !== undefined)) return [];
    if (other.compose !== undefined) {
      if (from === to || dependsOn(byKey.get(from), to, names)) return [];
      const message = t('The port of "{0}" is known once its container runs: add it to "dependsOn", or add "port" to it.', to);
      return [{ ...place, severity: 'warning', code: 'noAddress', message }];
    }
    return [
      { ...place, code: 'noAddress', message: t('"{0}" has no port, so {1} has no value: add "port" to it.', to, written) },
    ];
  });
}

function findUnknown(entries: readonly Entry[], names: Names): readonly ConfigProblem[] {
  return entries.flatMap((entry) =>
    dependenciesOf(entry, names).flatMap(({ name, resolved }): ConfigProblem[] => {
      if (resolved.kind !== 'unknown') return [];
      const near = suggest(name, names.keys);
      const message =
        near === undefined
          ? t('Unknown service "{0}" in "dependsOn": add a service with this name, or remove it here.', name)
          : t('Unknown service "{0}" in "dependsOn": did you mean "{1}"?', name, near);
      return [
        {
          severity: 'error',
          code: 'unknownDependency',
          message,
          range: rangeOfDependency(entry.property, name),
          service: entry.id,
          ...defined({ suggestion: near }),
        },
      ];
    }),
  );
}

function findCircles(entries: readonly Entry[], names: Names): readonly ConfigProblem[] {
  const graph = new Map<string, ReadonlyMap<string, string>>();
  for (const entry of entries) {
    const local = dependenciesOf(entry, names).flatMap(({ name, resolved }) =>
      resolved.kind === 'local' ? [[resolved.key, name] as const] : [],
    );
    graph.set(entry.property.key, new Map(local));
  }
  return entries.flatMap(({ id, property }): ConfigProblem[] => {
    const circle = findCircle(property.key, (key) => graph.get(key)?.keys() ?? []);
    if (circle === undefined) return [];
    const next = circle[1] ?? property.key;
    const message =
      circle.length === 2
        ? t('"{0}" depends on itself and can never start: remove it here.', property.key)
        : t('These services depend on each other and can never start: {0}. Remove one of the dependencies.', circle.join(' → '));
    const written = graph.get(property.key)?.get(next) ?? next;
    return [{ severity: 'error', code: 'dependencyCircle', message, range: rangeOfDependency(property, written), service: id }];
  });
}

function findSharedPorts(entries: readonly Entry[]): readonly ConfigProblem[] {
  const firstWith = new Map<number, string>();
  return entries.flatMap(({ id, property, service }): ConfigProblem[] => {
    if (typeof service?.port !== 'number') return [];
    const first = firstWith.get(service.port);
    if (first === undefined) {
      firstWith.set(service.port, property.key);
      return [];
    }
    const message = t(
      'Port {0} is also the port of "{1}", so only one of them can run at a time: change one of the ports.',
      service.port,
      first,
    );
    return [{ severity: 'warning', code: 'samePort', message, range: rangeAt(property, ['port'], 'value'), service: id }];
  });
}

const dependsOn = (entry: Entry | undefined, key: string, names: Names): boolean =>
  entry !== undefined && dependenciesOf(entry, names).some(({ resolved }) => resolved.kind === 'local' && resolved.key === key);

function dependenciesOf({ service }: Entry, names: Names): readonly { readonly name: string; readonly resolved: Resolved }[] {
  return [...(service?.dependsOn.keys() ?? [])].map((name) => ({ name, resolved: resolveDependency(name, names) }));
}

function rangeOfDependency(property: Property, name: string) {
  const list = propertiesOf(property.value).find(({ key }) => key === 'dependsOn')?.value;
  const index = list?.type === 'array' ? (list.children ?? []).findIndex(({ value }) => value === name) : -1;
  return index >= 0 ? rangeAt(property, ['dependsOn', index], 'value') : rangeAt(property, ['dependsOn', name], 'key');
}
