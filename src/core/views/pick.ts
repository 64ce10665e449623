/** The list that a click on the status bar opens: one row per service, whose actions open on Enter, then the actions for all services. */
import type { BrokenFile } from '../model/brokenFile';
import type { BrokenService } from '../model/brokenService';
import { commandIds, manageTrustCommandId } from '../model/commandIds';
import type { Service } from '../lifecycle/state';
import { t } from '../wording/l10n';
import { escapeIcons } from '../wording/markdown';
import { shortened } from '../wording/text';
import { actionsOf, helpfulFirst, looks } from './actions';
import type { Action } from './actions';
import { brokenFileLabel, whereAndWhy } from './brokenFiles';
import { rowText } from './rowText';
import { severity, stateIcon } from './icon';

export interface PickContent {
  readonly services: readonly Service[];
  readonly broken: readonly BrokenService[];
  readonly brokenFiles: readonly BrokenFile[];
  /** Id of the service that comes before all others. */
  readonly first?: string;
  readonly isTrusted: boolean;
}

/** What a row or a button runs. */
export interface PickAction {
  /** Name of a product icon. */
  readonly icon: string;
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly string[];
}

export type PickRow =
  | { readonly kind: 'heading'; readonly label: string }
  | {
      /** Enter opens the actions of the service. */
      readonly kind: 'service';
      readonly id: string;
      /** Begins with `$(icon)`, which a quick pick shows as an icon. */
      readonly label: string;
      readonly description: string;
      readonly buttons: readonly PickAction[];
    }
  | { readonly kind: 'action'; readonly label: string; readonly description: string; readonly action: PickAction };

/**
 * Puts the service with the id `first` before all others, then those that need attention. In a workspace that is not trusted
 * nothing can be started or stopped, so that trust is the only thing to decide.
 */
export function pick({ services, broken, brokenFiles, first, isTrusted }: PickContent): readonly PickRow[] {
  const configuration = actionRow('gear', t('Open Configuration'), commandIds.openConfig);
  if (!isTrusted) return [actionRow('shield', t('Manage Workspace Trust'), manageTrustCommandId), configuration];
  const rank = (service: Service): number => (service.spec.id === first ? 0 : 1);
  const ordered = sickFirst(services).sort((a, b) => rank(a) - rank(b));
  return [
    ...brokenFiles.map(fileRow),
    ...ordered.map(serviceRow),
    ...broken.map(brokenRow),
    { kind: 'heading', label: t('All services') },
    ...allRows(services),
    configuration,
  ];
}

/** Returns a new list: first what failed, then what is unwell, then the others, each in their order. */
export const sickFirst = (services: readonly Service[]): Service[] => [...services].sort((a, b) => attention(b) - attention(a));

const attention = (service: Service): number => ({ error: 2, warning: 1, busy: 0, idle: 0, fine: 0 })[severity(service)];

/** The actions of one service that make sense now, the most helpful first. */
export function pickActions(service: Service): readonly PickRow[] {
  const { id } = service.spec;
  const more = service.spec.checks.length === 0 ? [] : [actionRow('beaker', t('Run Checks'), commandIds.runChecks, [id])];
  return [
    ...helpfulFirst(service).map((action) => ownRow(id, action)),
    ...more,
    actionRow('gear', t('Open Configuration'), commandIds.openConfig, [id]),
  ];
}

function serviceRow(service: Service): PickRow {
  const { id } = service.spec;
  return {
    kind: 'service',
    id,
    label: `$(${stateIcon(service).id}) ${escapeIcons(id)}`,
    description: escapeIcons(rowText(service)),
    buttons: helpfulFirst(service)
      .filter((action) => action !== 'showTerminal')
      .slice(0, maxButtons)
      .map((action) => own(id, action)),
  };
}

function fileRow(file: BrokenFile): PickRow {
  const row = actionRow('bracket-error', brokenFileLabel, commandIds.openBrokenFile, [file.folder]);
  return { ...row, description: escapeIcons(shortened(whereAndWhy(file), maxMessageLength)) };
}

function brokenRow({ id, message }: BrokenService): PickRow {
  const row = actionRow('bracket-error', escapeIcons(id), commandIds.openConfig, [id]);
  return { ...row, description: escapeIcons(shortened(message, maxMessageLength)) };
}

const own = (id: string, action: Action): PickAction => ({
  icon: looks[action].icon,
  title: looks[action].title,
  command: commandIds[action],
  arguments: [id],
});

const ownRow = (id: string, action: Action): PickRow => {
  const { icon, title, command } = own(id, action);
  return actionRow(icon, title, command, [id]);
};

function allRows(services: readonly Service[]): readonly PickRow[] {
  const can = (action: Action): boolean => services.some((service) => actionsOf(service).includes(action));
  return [
    ...(can('start') ? [actionRow('run-all', t('Start All'), commandIds.startAll)] : []),
    ...(can('stop') ? [actionRow('stop-circle', t('Stop All'), commandIds.stopAll)] : []),
  ];
}

const actionRow = (
  icon: string,
  title: string,
  command: string,
  args: readonly string[] = [],
): Extract<PickRow, { kind: 'action' }> => ({
  kind: 'action',
  label: `$(${icon}) ${title}`,
  description: '',
  action: { icon, title, command, arguments: args },
});

/** More would hide the name and the cause in a narrow window. */
const maxButtons = 3;

/** In code points. */
const maxMessageLength = 60;
