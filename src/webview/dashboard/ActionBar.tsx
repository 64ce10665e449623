/** What can be done with the chosen service, and with all. */
import { dashboardActions } from '../../core/dashboard/messages';
import type { DashboardAction, DashboardService } from '../../core/dashboard/messages';
import { visibleText } from '../../core/logs/invisible';
import { t } from '../../core/wording/l10n';

interface Props {
  /** Undefined for all services. */
  readonly service: DashboardService | undefined;
  readonly showAll: () => void;
  readonly act: (action: DashboardAction, service: string) => void;
  readonly copyReport: () => void;
}

const titles: Readonly<Record<DashboardAction, string>> = {
  start: t('Start'),
  stop: t('Stop'),
  restart: t('Restart'),
  diagnose: t('Diagnose'),
  open: t('Open in Browser'),
};

export function ActionBar({ service, showAll, act, copyReport }: Props) {
  return (
    <div class="dash-bar" role="group" aria-label={t('Actions')}>
      <strong>{service === undefined ? t('All services') : visibleText(service.id)}</strong>
      {service !== undefined &&
        dashboardActions.map((action) => (
          // It keeps the focus while it cannot be used: the state may change at any moment.
          <button
            key={action}
            type="button"
            aria-disabled={!service.actions.includes(action)}
            onClick={() => service.actions.includes(action) && act(action, service.id)}
          >
            {titles[action]}
          </button>
        ))}
      <span class="dash-bar-end">
        {service !== undefined && (
          <button type="button" onClick={showAll}>
            {t('Show All')}
          </button>
        )}
        <button type="button" onClick={copyReport}>
          {t('Copy Incident Report')}
        </button>
      </span>
    </div>
  );
}
