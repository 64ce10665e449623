/** Completes the services of Compose files for `compose`. */
import type { Cursor } from '../config/find';
import { t } from '../wording/l10n';
import { composeServices } from '../workspaceFiles/compose';
import type { Completion } from './completion';
import { stringCompletion } from './completion';

/** `texts` are the Compose files that are merged. */
export function composeCompletions(cursor: Cursor, texts: readonly string[]): readonly Completion[] {
  const names = new Set(texts.flatMap((text) => composeServices(text)));
  return [...names].map((name) => stringCompletion(cursor, name, { kind: 'service', detail: t('service in the Compose file') }));
}
