/** The list that a click on the status bar opens: every service with what can be done with it, then what concerns all. */
import { t } from '../wording/l10n';
import { toSnapshot } from '../snapshot/toSnapshot';
import type { Service } from '../lifecycle/state';
import { commandIds } from '../model/commandIds';
import { actionsOf, looks } from './actions';
import type { Action } from './actions';
import { stateIcon } from './icon';
import { escapeIcons } from '../wording/markdown';
import { stateWords } from './words';

export type PickRow =
  | { readonly kind: 'heading'; readonly label: string }
  | {
      readonly kind: 'action';
      /** With `$(icon)` in front, as a quick pick shows it. */
      readonly label: string;
      readonly description: string;
      readonly detail?: string;
      readonly command: string;
      readonly arguments: readonly string[];
    };

/** The service named by `first` comes first, then those that need a person. */
export function pick(services: readonly Service[], first?: string): readonly PickRow[] {
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

/** The icon of the state stands in the description: the label's own icon is the action's. */
function actionRow(service: Service, action: Action, detail: string | undefined): PickRow {
  const { id } = service.spec;
  return {
    kind: 'action',
    label: `$(${looks[action].icon}) ${t('{0} {1}', looks[action].title, escapeIcons(id))}`,
    description: `$(${stateIcon(service).id}) ${escapeIcons(stateWords(service))}`,
    ...(detail === undefined ? {} : { detail: escapeIcons(detail) }),
    command: commandIds[action],
    arguments: [id],
  };
}

function allRows(services: readonly Service[]): readonly PickRow[] {
  const can = (action: Action) => services.some((service) => actionsOf(service).includes(action));
  return [
    ...(can('start') ? [allRow('debug-start', t('Start All'), commandIds.startAll)] : []),
    ...(can('stop') ? [allRow('debug-stop', t('Stop All'), commandIds.stopAll)] : []),
    allRow('gear', t('Open Configuration'), commandIds.openConfig),
  ];
}

const allRow = (icon: string, title: string, command: string): PickRow => ({
  kind: 'action',
  label: `$(${icon}) ${title}`,
  description: '',
  command,
  arguments: [],
});
