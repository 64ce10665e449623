/** The end of a one-off command in words: the cause first. */
import type { CommandEnd } from '../model/commandResult';
import { t } from './l10n';

export function commandEndWords(end: CommandEnd): string {
  switch (end.kind) {
    case 'succeeded':
      return t('succeeded');
    case 'cancelled':
      return t('canceled');
    case 'refused':
      return t('{0} (did not run)', end.cause);
    case 'failed':
      if (end.exitCode === undefined) return end.cause ?? t('ended; the exit code is unknown');
      return end.cause === undefined
        ? t('failed with exit code {0}', end.exitCode)
        : t('{0} (exit code {1})', end.cause, end.exitCode);
  }
}
