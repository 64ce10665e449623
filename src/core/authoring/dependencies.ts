/** Completes the services that a service may still depend on. */
import { readSyntax } from '../config/syntax';
import { referencesOf, servicesOf } from '../config/references';
import type { NamePlace, Reference } from '../config/references';
import { t } from '../wording/l10n';
import type { Completion } from './completion';
import { commaAfter, literal, stringCompletion } from './completion';
import { readable } from './readable';
import type { Wanted } from './wanted';

type WantedDependency = Extract<Wanted, { readonly kind: 'dependency' }>;

/** `text` and `offset` are those that `wanted` was found for. */
export function dependencyCompletions(
  wanted: WantedDependency,
  { text, offset }: { readonly text: string; readonly offset: number },
  place: NamePlace,
): readonly Completion[] {
  const root = readable(text, offset);
  const references = [...referencesOf(root, place), ...referencesOf(readSyntax(text).root, place)];
  const { service, cursor } = wanted;
  const others = references.filter(({ range }) => range.offset !== cursor.range.offset);
  const taken = new Set(others.filter(({ from }) => from === service).map(({ to }) => to));
  const names = new Set(servicesOf(root).map(({ key }) => key));
  return [...names]
    .filter((name) => name.trim() !== '' && name !== service && !taken.has(name) && !leadsTo(service, name, others))
    .map((name) => completion(name, wanted));
}

/** Tells whether `from` depends, directly or not, on `goal`. A dependency in the other direction would close a circle. */
function leadsTo(goal: string, from: string, references: readonly Reference[]): boolean {
  const reached = new Set([from]);
  for (const at of reached) {
    for (const reference of references) if (reference.from === at && reference.to !== undefined) reached.add(reference.to);
  }
  return reached.has(goal);
}

function completion(name: string, { cursor, form }: WantedDependency): Completion {
  const item = stringCompletion(cursor, name, { kind: 'service', detail: t('service') });
  const written = JSON.stringify(name);
  switch (form) {
    case 'item':
      return item;
    case 'list':
      return {
        ...item,
        label: `[${written}]`,
        insert: `[${written}]${commaAfter(cursor)}`,
        detail: t('wait until it is healthy'),
      };
    case 'key':
      if (cursor.next === ':') return { ...item, insert: written };
      return {
        ...item,
        insert: `${literal(written)}: "\${1|healthy,started,completed|}"${commaAfter(cursor)}`,
        form: 'snippet',
      };
  }
}
