/** Completes the groups that other services of the file belong to. */
import { servicesOf } from '../config/references';
import { propertiesOf } from '../config/tree';
import { t } from '../wording/l10n';
import type { Completion } from './completion';
import { commaAfter, stringCompletion } from './completion';
import { readable } from './readable';
import type { Wanted } from './wanted';

/** `text` and `offset` are those that `wanted` was found for. */
export function groupCompletions(
  { cursor, service, form }: Extract<Wanted, { readonly kind: 'group' }>,
  { text, offset }: { readonly text: string; readonly offset: number },
): readonly Completion[] {
  const services = servicesOf(readable(text, offset));
  const names = ({ value }: (typeof services)[number]): readonly string[] => {
    const list = propertiesOf(value).find(({ key }) => key === 'groups')?.value;
    const items = list?.type === 'array' ? (list.children ?? []) : [];
    return items.flatMap((node) => (node.offset !== cursor.range.offset && typeof node.value === 'string' ? [node.value] : []));
  };
  const taken = new Set(services.filter(({ key }) => key === service).flatMap(names));
  const known = new Set(services.filter(({ key }) => key !== service).flatMap(names));
  return [...known]
    .filter((name) => name !== '' && !taken.has(name))
    .map((name) => {
      const item = stringCompletion(cursor, name, { kind: 'group', detail: t('group') });
      if (form === 'item') return item;
      const written = `[${JSON.stringify(name)}]`;
      return { ...item, label: written, insert: written + commaAfter(cursor) };
    });
}
