/** The list that a click on the status bar opens: every service with its actions, then the actions for all services. */
import { defined } from '../model/defined';
import { toSnapshot } from '../snapshot/toSnapshot';
import type { Service } from '../lifecycle/state';
import { commandIds, manageTrustCommandId } from '../model/commandIds';
import { t } from '../wording/l10n';
import { escapeIcons } from '../wording/markdown';
import { actionsOf, looks, titleFor } from './actions';
import type { Action } from './actions';
import { stateIcon } from './icon';
import { stateWords } from './words';

export interface PickOptions {
  readonly first?: string;
  readonly isTrusted: boolean;
}

export type PickRow =
  | { readonly kind: 'heading'; readonly label: string }
  | {
      readonly kind: 'action';
      /** Begins with `$(icon)`, which a quick pick shows as an icon. */
      readonly label: string;
      readonly description: string;
      readonly detail?: string;
      readonly command: string;
      readonly arguments: readonly string[];
    };

/**
 * Puts the service with the id `first` before all others, then those that need attention. In a workspace that is not trusted
 * nothing can be started or stopped, so that trust is the only thing to decide.
 */
export function pick(services: readonly Service[], { first, isTrusted }: PickOptions): readonly PickRow[] {
  if (!isTrusted) return [allRow('shield', t('Manage Workspace Trust'), manageTrustCommandId), configurationRow()];
  const rank = (service: Service): number => (service.spec.id === first ? 0 : actionsOf(service).includes('diagnose') ? 1 : 2);
  const ordered = [...services].sort((a, b) => rank(a) - rank(b));
  return [...ordered.flatMap(serviceRows), { kind: 'heading', label: t('All services') }, ...allRows(services)];
}

function serviceRows(service: Service): readonly PickRow[] {
  const { id } = service.spec;
  const { reason } = toSnapshot(service);
  const state = stateWords(service);
  const actions = actionsOf(service).map((action, index) => actionRow(service, action, index === 0 ? reason : undefined));
  return [{ kind: 'heading', label: `${id} · ${state}` }, ...actions];
}

/** The icon of the state is in the description, because the label has the icon of the action. */
function actionRow(service: Service, action: Action, detail: string | undefined): PickRow {
  const { id } = service.spec;
  return defined({
    kind: 'action' as const,
    label: `$(${looks[action].icon}) ${titleFor(action, escapeIcons(id))}`,
    description: `$(${stateIcon(service).id}) ${escapeIcons(stateWords(service))}`,
    detail: detail === undefined ? undefined : escapeIcons(detail),
    command: commandIds[action],
    arguments: [id],
  });
}

function allRows(services: readonly Service[]): readonly PickRow[] {
  const can = (action: Action) => services.some((service) => actionsOf(service).includes(action));
  const rows = [configurationRow()];
  if (can('stop')) rows.unshift(allRow('debug-stop', t('Stop All'), commandIds.stopAll));
  if (can('start')) rows.unshift(allRow('debug-start', t('Start All'), commandIds.startAll));
  return rows;
}

const configurationRow = (): PickRow => allRow('gear', t('Open Configuration'), commandIds.openConfig);

const allRow = (icon: string, title: string, command: string): PickRow => ({
  kind: 'action',
  label: `$(${icon}) ${title}`,
  description: '',
  command,
  arguments: [],
});
