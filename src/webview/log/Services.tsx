/** The services whose lines are shown, with their state and what can be done with them. */
import { visibleText } from '../../core/logs/invisible';
import type { LogAction, LogService } from '../../core/logs/logMessages';
import { t } from '../../core/wording/l10n';
import type { Theme } from '../page/theme';
import { Icon } from '../page/Icon';

interface Props {
  readonly services: readonly LogService[];
  /** Ids; none means all. */
  readonly chosen: readonly string[];
  readonly theme: Theme;
  readonly choose: (ids: readonly string[]) => void;
  readonly act: (action: LogAction, service: string) => void;
}

export function Services({ services, chosen, theme, choose, act }: Props) {
  const isChosen = (id: string): boolean => chosen.length === 0 || chosen.includes(id);
  const toggle = (id: string): void => {
    const ids = services.filter((service) => isChosen(service.id) !== (service.id === id)).map((service) => service.id);
    // Without any service there would be nothing to see.
    choose(ids.length === services.length || ids.length === 0 ? [] : ids);
  };
  return (
    <ul class="services" aria-label={t('Services')}>
      {services.map(({ id, name, state, actions }, index) => (
        <li key={id} data-service={id}>
          <label style={{ color: theme.serviceColor(index) }}>
            <input type="checkbox" checked={isChosen(id)} onChange={() => toggle(id)} />
            <span class="service">{visibleText(name)}</span>
          </label>
          <span class="state">{visibleText(state)}</span>
          {actions.map((action) => (
            <button
              key={action}
              type="button"
              class="icon"
              title={titles(name)[action]}
              aria-label={titles(name)[action]}
              onClick={() => act(action, id)}
            >
              <Icon name={action} />
            </button>
          ))}
        </li>
      ))}
    </ul>
  );
}

const titles = (name: string): Readonly<Record<LogAction, string>> => ({
  start: t('Start {0}', name),
  stop: t('Stop {0}', name),
  restart: t('Restart {0}', name),
  showTerminal: t('Show Terminal of {0}', name),
});
