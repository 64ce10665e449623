/** The status bar as data: one item per service, or one for all. */
import type { BrokenFile } from '../model/brokenFile';
import type { BrokenService } from '../model/brokenService';
import type { Service } from '../lifecycle/state';
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
  readonly background: 'none' | 'warning' | 'error';
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
  return [...(isEach ? services.map(entry) : [summary(services)]), ...config];
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

function entry(service: Service): StatusBarEntry {
  const { id } = service.spec;
  const level = severity(service);
  return {
    key: `service:${id}`,
    name: t('Service {0}', id),
    text: `$(${stateIcon(service).id}) ${escapeIcons(id)}`,
    background: level === 'warning' || level === 'error' ? level : 'none',
    spoken: t('Service {0}: {1}', id, stateWords(service)),
    serviceId: id,
  };
}

function summary(services: readonly Service[]): StatusBarEntry {
  const up = services.filter((service) => severity(service) === 'fine').length;
  const present = new Set(services.map(severity));
  const worst = severities.findLast((level) => present.has(level)) ?? 'idle';
  return {
    key: 'summary',
    name: t('Services'),
    text: `$(${summaryIcons[worst].id}) ${up}/${services.length}`,
    background: worst === 'warning' || worst === 'error' ? worst : 'none',
    spoken:
      worst === 'warning' || worst === 'error'
        ? t('Services: {0} of {1} up, some need attention', up, services.length)
        : t('Services: {0} of {1} up', up, services.length),
    serviceId: undefined,
  };
}
