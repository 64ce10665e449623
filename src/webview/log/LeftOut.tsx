/** What of the log is not in view, other than by a filter: lines that came too fast, and lines that were cleared. */
import type { LogScreen } from '../../core/logs/logScreen';
import { t } from '../../core/wording/l10n';

export const LeftOut = ({ screen }: { readonly screen: LogScreen }) => (
  <>
    {screen.skipped > 0 && <p class="left-out">{t('{0} lines came too fast to be shown.', screen.skipped)}</p>}
    {screen.isCleared && (
      <p class="left-out">
        {t('Earlier lines were cleared from this view.')}{' '}
        <button type="button" onClick={() => screen.showCleared()}>
          {t('Show Earlier Lines')}
        </button>
      </p>
    )}
  </>
);
