/** Fixes for the structure of the file as a whole. */
import type { Node } from '../config/find';
import { endOfTokenBefore } from '../config/find';
import type { TextRange } from '../config/problem';
import { t } from '../wording/l10n';
import { replace } from './edit';
import type { Fix } from './edit';

export function insertComma(text: string, { offset }: TextRange): readonly Fix[] {
  const end = endOfTokenBefore(text, offset);
  if (end === undefined) return [];
  return [{ title: t('Insert the missing comma'), edits: [replace({ offset: end, length: 0 }, ',')], isPreferred: true }];
}

export function writeServices(text: string, root: Node | undefined): readonly Fix[] {
  if (text.trim() === '')
    return [
      {
        title: t('Write an empty "services" object'),
        edits: [replace({ offset: 0, length: text.length }, '{\n  "services": {}\n}\n')],
        isPreferred: true,
      },
    ];
  if (root?.type !== 'object') return [];
  const comma = (root.children ?? []).length > 0 ? ',' : '\n';
  return [
    {
      title: t('Add "services"'),
      edits: [replace({ offset: root.offset + 1, length: 0 }, `\n  "services": {}${comma}`)],
      isPreferred: true,
    },
  ];
}
