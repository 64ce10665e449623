/** The status bar as data: one item per service, or one for all. */
import type { BrokenService } from '../model/brokenService';
import type { Service } from '../lifecycle/state';
import { briefCause } from '../snapshot/briefCause';
import { cutInside } from '../wording/brief';
import { toSnapshot } from '../snapshot/toSnapshot';
import { commandIds } from '../model/commandIds';
import { actionsOf, looks } from './actions';
import { severities, severity, stateIcon, summaryIcons } from './icon';
import { t } from '../wording/l10n';
import { commandLink, escapeIcons, escapeMarkdown, table } from '../wording/markdown';
import { shortened } from '../wording/text';
import { isSaidByWords, stateWords } from './words';

export type StatusBarMode = 'auto' | 'each' | 'summary' | 'off';

export interface StatusBarEntry {
  /** Stable, because VS Code remembers by it which entries the user has hidden. */
  readonly key: string;
  /** Its name in the menu that hides entries. */
  readonly name: string;
  readonly text: string;
  readonly background: 'none' | 'error';
  readonly spoken: string;
  /** Id of the service that a click offers first; undefined for the summary. */
  readonly serviceId: string | undefined;
}

/** Returns all that is shown of a service, so that a change of anything else can be ignored. */
export const shownOf = (service: Service): string => JSON.stringify([entry(service), tooltipRow(service)]);

/** With `auto`, more services than this share one summary. */
const maxItems = 4;

export function statusBar(services: readonly Service[], mode: StatusBarMode): readonly StatusBarEntry[] {
  if (mode === 'off' || services.length === 0) return [];
  const isEach = mode === 'each' || (mode === 'auto' && services.length <= maxItems);
  return isEach ? oneColoured(services.map(entry)) : [summary(services)];
}

/** Red is for the exceptional case, and says enough once. */
function oneColoured(entries: readonly StatusBarEntry[]): readonly StatusBarEntry[] {
  const first = entries.findIndex(({ background }) => background === 'error');
  return entries.map((each, index) => (index === first ? each : { ...each, background: 'none' }));
}

/** Returns markdown whose links run only commands of `tooltipCommands`. */
export function statusBarTooltip(services: readonly Service[], broken: readonly BrokenService[]): string {
  const rows = services.map(tooltipRow);
  const all = `${commandLink(t('Start All'), commandIds.startAll)} · ${commandLink(t('Stop All'), commandIds.stopAll)}`;
  const mistakes = broken.map(({ id, message }) => `$(bracket-error) ${escapeMarkdown(id)}: ${escapeMarkdown(message)}`);
  const config = mistakes.length === 0 ? [] : [...mistakes, commandLink(t('Open Configuration'), commandIds.openConfig)];
  return [table([['', t('Service'), t('State'), ''], ...rows]), ...config, all].join('\n\n');
}

export const tooltipCommands: readonly string[] = [
  commandIds.answer,
  commandIds.dismiss,
  commandIds.diagnose,
  commandIds.start,
  commandIds.stop,
  commandIds.restart,
  commandIds.open,
  commandIds.showTerminal,
  commandIds.startAll,
  commandIds.stopAll,
  commandIds.openConfig,
];

function tooltipRow(service: Service): string[] {
  const name = commandLink(escapeMarkdown(service.spec.id), commandIds.showTerminal, [service.spec.id]);
  return [
    `$(${stateIcon(service).id})`,
    name,
    escapeMarkdown(shortened(stateAndReason(service), maxReasonLength)),
    links(service),
  ];
}

function stateAndReason(service: Service): string {
  const { reason } = toSnapshot(service);
  const words = stateWords(service);
  return reason === undefined || isSaidByWords(service.state.lifecycle) ? words : `${words}: ${reason}`;
}

function stateAndCause(service: Service): string {
  const cause = briefCause(service);
  return cause === undefined ? stateWords(service) : `${stateWords(service)}, ${cause}`;
}

/** Returns `mailer`, or `mailer +1`: the one that is worst, and how many others need attention. */
function affectedName(services: readonly Service[]): string | undefined {
  const affected = services.filter((service) => ['warning', 'error'].includes(severity(service)));
  const first = affected.find((service) => severity(service) === 'error') ?? affected[0];
  if (first === undefined) return undefined;
  const name = escapeIcons(cutInside(first.spec.id, maxNameLength));
  return affected.length === 1 ? name : `${name} +${affected.length - 1}`;
}

function entry(service: Service): StatusBarEntry {
  const { id } = service.spec;
  const level = severity(service);
  return {
    key: `service:${id}`,
    name: t('Service {0}', id),
    text: `$(${stateIcon(service).id}) ${escapeIcons(id)}`,
    background: level === 'error' ? level : 'none',
    spoken: t('Service {0}: {1}', id, stateAndCause(service)),
    serviceId: id,
  };
}

function summary(services: readonly Service[]): StatusBarEntry {
  const up = services.filter((service) => severity(service) === 'fine').length;
  const present = new Set(services.map(severity));
  const worst = severities.findLast((level) => present.has(level)) ?? 'idle';
  const affected = affectedName(services);
  return {
    key: 'summary',
    name: t('Services'),
    text: `$(${summaryIcons[worst].id}) ${affected ?? `${up}/${services.length}`}`,
    background: worst === 'error' ? worst : 'none',
    spoken:
      affected !== undefined
        ? t('Services: {0} of {1} up, {2} needs attention', up, services.length, affected)
        : t('Services: {0} of {1} up', up, services.length),
    serviceId: undefined,
  };
}

const links = (service: Service): string =>
  actionsOf(service)
    .filter((action) => action !== 'showTerminal')
    .map((action) => commandLink(action === 'open' ? t('Open') : looks[action].title, commandIds[action], [service.spec.id]))
    .join(' · ');

/** In code points. */
const maxNameLength = 24;
const maxReasonLength = 160;
