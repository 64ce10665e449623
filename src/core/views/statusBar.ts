/** The status bar as data: one item per service, or one for all. */
import type { BrokenFile } from '../model/brokenFile';
import type { BrokenService } from '../model/brokenService';
import type { Service } from '../lifecycle/state';
import { briefCause } from '../snapshot/briefCause';
import { cutInside } from '../wording/brief';
import { severities, severity, stateIcon, summaryIcons } from './icon';
import { t } from '../wording/l10n';
import { escapeIcons } from '../wording/markdown';
import { brokenFileLabel, whereAndWhy } from './brokenFiles';
import { tooltipLine } from './statusBarTooltip';
import { stateWords } from './words';

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
export const shownOf = (service: Service): string => JSON.stringify([entry(service), tooltipLine(service)]);

/** With `auto`, more services than this share one summary. */
const maxItems = 4;

export function statusBar(
  services: readonly Service[],
  mode: StatusBarMode,
  errors: ConfigErrors = noErrors,
): readonly StatusBarEntry[] {
  if (mode === 'off') return [];
  const config = configEntry(errors);
  if (services.length === 0) return config;
  const isEach = mode === 'each' || (mode === 'auto' && services.length <= maxItems);
  return [...(isEach ? oneColoured(services.map(entry)) : [summary(services)]), ...config];
}

/** Red is for the exceptional case, and says enough once. */
function oneColoured(entries: readonly StatusBarEntry[]): readonly StatusBarEntry[] {
  const first = entries.findIndex(({ background }) => background === 'error');
  return entries.map((each, index) => (index === first ? each : { ...each, background: 'none' }));
}

/** What is wrong in the files, apart from the services that can be used. */
export interface ConfigErrors {
  readonly broken: readonly BrokenService[];
  readonly brokenFiles: readonly BrokenFile[];
}

const noErrors: ConfigErrors = { broken: [], brokenFiles: [] };

/** One item for all errors, because they are corrected in one place. */
function configEntry({ broken, brokenFiles }: ConfigErrors): readonly StatusBarEntry[] {
  const count = broken.length + brokenFiles.length;
  if (count === 0) return [];
  const spoken =
    count === 1
      ? t('{0}: 1 entry cannot be used', brokenFileLabel)
      : t('{0}: {1} entries cannot be used', brokenFileLabel, count);
  const [file] = brokenFiles;
  return [
    {
      key: 'configuration',
      name: t('Configuration of services'),
      text: `$(bracket-error) ${brokenFileLabel}`,
      background: 'none',
      spoken: file === undefined ? spoken : `${brokenFileLabel}, ${whereAndWhy(file)}`,
      serviceId: undefined,
    },
  ];
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

/** In code points. */
const maxNameLength = 24;
