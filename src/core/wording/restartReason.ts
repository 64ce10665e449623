/** Why a service was restarted, in words. */
import type { RestartReason } from '../model/restartReason';
import { t } from './l10n';

/** Returns a phrase without a full stop: `src/app.ts changed`. */
export function restartReasonWords(reason: RestartReason): string {
  if (reason.kind === 'dependency') return t('{0} was restarted', reason.id);
  const { file, others } = reason;
  return others === 0 ? t('{0} changed', file) : t('{0} and {1} more changed', file, others);
}
