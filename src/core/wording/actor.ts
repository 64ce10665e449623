/** Who requested something, in words. */
import type { Actor } from '../model/actor';
import { t } from './l10n';

export function actorWords({ kind, who }: Actor): string {
  switch (kind) {
    case 'user':
      return t('you');
    case 'auto':
      return t('an automatic start');
    case 'agent':
      return who === undefined ? t('an agent') : t('{0} (agent)', who);
    case 'cli':
      return who === undefined ? t('the command svc') : t('{0} (command svc)', who);
  }
}
