/** The Services view as data: one row per service, grouped by folder, group or role. */
import { portOf } from '../snapshot/portOf';
import { defined } from '../model/defined';
import { reasonOf } from '../snapshot/toSnapshot';
import type { BrokenFile } from '../model/brokenFile';
import type { BrokenService } from '../model/brokenService';
import type { Service } from '../lifecycle/state';
import { commandIds } from '../model/commandIds';
import { actionsOf, contextValue, looks } from './actions';
import { iconColors, severity, stateIcon } from './icon';
import type { Icon } from './icon';
import { folderKey, groupsOf, rolesOf } from './grouping';
import type { Grouping, Together } from './grouping';
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import { lastResponse, rowText, usageText } from './rowText';
import { brokenFileLabel, isKept, whereAndWhy } from './brokenFiles';
import { isSaidByWords, stateWords } from './words';
import { briefMistake } from '../wording/briefMistake';

/** One element of the view. Equal keys mean the same row. */
export type TreeNode =
  | { readonly kind: 'folder'; readonly key: string; readonly name: string; readonly children: readonly TreeNode[] }
  /** A group or a role. */
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly name: string;
      readonly icon: string;
      readonly children: readonly TreeNode[];
    }
  | { readonly kind: 'file'; readonly key: string; readonly file: BrokenFile }
  | {
      readonly kind: 'service';
      readonly key: string;
      readonly service: Service;
      readonly isKept?: true;
      readonly naming?: Naming;
    }
  | { readonly kind: 'broken'; readonly key: string; readonly broken: BrokenService; readonly naming?: Naming };

/** A row outside of the row of its folder has the id, which names the folder in a multi-root workspace; the key without it. */
type Naming = 'id';

export interface Row {
  readonly label: string;
  readonly description: string;
  /** The figures in the description, which may change with every probe or sample. */
  readonly figures?: readonly string[];
  readonly icon: Icon;
  readonly contextValue: string;
  /** What a screen reader reads out. */
  readonly spoken: string;
  /** What Enter or a click does. */
  readonly command?: { readonly id: string; readonly title: string; readonly argument: string };
}

export interface RowCommand {
  readonly id: string;
  readonly title: string;
  readonly arguments: readonly (string | number)[];
}

export interface Badge {
  readonly value: number;
  readonly tooltip: string;
}

/** Returns the rows in the order of the files, after their errors. */
export function tree(
  services: readonly Service[],
  broken: readonly BrokenService[],
  files: readonly BrokenFile[] = [],
  grouping: Grouping = 'folder',
): readonly TreeNode[] {
  if (grouping === 'folder') return byFolder(services, broken, files);
  const together = grouping === 'group' ? groupsOf(services) : rolesOf(services);
  const grouped = new Set(together.flatMap((each) => each.services));
  const nodeOf = (service: Service): TreeNode => ({ ...serviceNode(service, isKept(service.spec.folder, files)), naming: 'id' });
  return [
    ...files.map((file) => fileEntry(file).node),
    ...together.map((each) => groupNode(each, nodeOf)),
    ...services.filter((service) => !grouped.has(service)).map(nodeOf),
    ...broken.map((each): TreeNode => ({ ...brokenNode(each), naming: 'id' })),
  ];
}

/** A service in several groups has a row in each, and VS Code wants a different id for each row. */
const groupNode = ({ key, name, icon, services }: Together, nodeOf: (service: Service) => TreeNode): TreeNode => ({
  ...{ kind: 'group', key, name, icon },
  children: services.map((service) => {
    const node = nodeOf(service);
    return { ...node, key: `${key}/${node.key}` };
  }),
});

/** Ids differ from keys only in a multi-root workspace. */
function byFolder(
  services: readonly Service[],
  broken: readonly BrokenService[],
  files: readonly BrokenFile[],
): readonly TreeNode[] {
  const own = services.map((service) => serviceEntry(service, isKept(service.spec.folder, files)));
  const rows = [...files.map(fileEntry), ...own, ...broken.map(brokenEntry)];
  if (rows.every(({ isNamedByKey }) => isNamedByKey)) return rows.map(({ node }) => node);
  const folders = new Map<string, { name: string; children: TreeNode[] }>();
  for (const { folder, folderName, node } of rows) {
    const group = folders.get(folder) ?? { name: folderName, children: [] };
    group.children.push(node);
    folders.set(folder, group);
  }
  return [...folders].map(([folder, { name, children }]) => ({ kind: 'folder', key: folderKey(folder), name, children }));
}

/** Whether rows show processor and memory: the setting `usageInRows`. */
export type UsageInRow = 'hidden' | 'shown';

/** Returns what a row shows: no figure that changes with the clock, because a row that is drawn again closes its hover. */
export function row(node: TreeNode, usage: UsageInRow = 'hidden'): Row {
  switch (node.kind) {
    case 'folder':
      return { label: node.name, description: '', icon: { id: 'folder' }, contextValue: 'folder', spoken: folderSpoken(node) };
    case 'group':
      return { label: node.name, description: '', icon: { id: node.icon }, contextValue: 'group', spoken: groupSpoken(node) };
    case 'service': {
      const shown = serviceRow(node, usage);
      return node.isKept ? keptRow(shown) : shown;
    }
    case 'file':
      return fileRow(node.file);
    case 'broken':
      return brokenRow(node);
  }
}

/** Whether a row shows something else than before; without the figure, only whether its state has changed. */
export function differs(before: Row, now: Row, what: 'state' | 'state or figure'): boolean {
  return descriptionOf(before, what) !== descriptionOf(now, what) || comparisons.some((isSame) => !isSame(before, now));
}

/** For each part of a row but its description: rows are compared with many probes, and text made of whole rows would be most of that. */
const comparisons: readonly ((before: Row, now: Row) => boolean)[] = Object.values({
  label: (before, now) => before.label === now.label,
  icon: (before, now) => before.icon.id === now.icon.id && before.icon.color === now.icon.color,
  contextValue: (before, now) => before.contextValue === now.contextValue,
  spoken: (before, now) => before.spoken === now.spoken,
  command: ({ command: before }, { command: now }) =>
    before?.id === now?.id && before?.title === now?.title && before?.argument === now?.argument,
} satisfies Record<Exclude<keyof Row, 'description' | 'figures'>, (before: Row, now: Row) => boolean>);

const descriptionOf = ({ description, figures = [] }: Row, what: 'state' | 'state or figure'): string =>
  what === 'state' ? without(description, figures) : description;

const without = (text: string, figures: readonly string[]): string =>
  figures.reduce((rest, figure) => rest.replace(figure, ''), text);

/** Counts what needs attention, the entries and files with errors among it; undefined for none. */
export function badge(
  services: readonly Service[],
  broken: readonly BrokenService[] = [],
  files: readonly BrokenFile[] = [],
): Badge | undefined {
  const unwell = services.filter((service) => ['warning', 'error'].includes(severity(service)));
  const affected = [
    ...files.map(({ line }) => t('{0} (line {1})', brokenFileLabel, line)),
    ...unwell.map((service) => `${service.spec.id} (${stateWords(service)})`),
    ...broken.map(({ id }) => `${id} (${t('Invalid configuration')})`),
  ];
  if (affected.length === 0) return undefined;
  const list = listOf(affected, 'and');
  return {
    value: affected.length,
    tooltip:
      affected.length === 1
        ? t('1 service needs attention: {0}', list)
        : t('{0} services need attention: {1}', affected.length, list),
  };
}

interface Entry {
  readonly node: TreeNode;
  readonly folder: string;
  readonly folderName: string;
  readonly isNamedByKey: boolean;
}

const fileEntry = (file: BrokenFile): Entry => {
  const { folder, folderName } = file;
  return { node: { kind: 'file', key: `file:${folder}`, file }, folder, folderName, isNamedByKey: true };
};

type ServiceNode = Extract<TreeNode, { kind: 'service' }>;
type BrokenNode = Extract<TreeNode, { kind: 'broken' }>;

const serviceNode = (service: Service, kept: boolean): ServiceNode => ({
  ...{ kind: 'service', key: `service:${service.spec.id}`, service },
  ...(kept && { isKept: kept }),
});

const brokenNode = (broken: BrokenService): BrokenNode => ({ kind: 'broken', key: `broken:${broken.id}`, broken });

const serviceEntry = (service: Service, kept: boolean): Entry => {
  const { id, key, folder, folderName } = service.spec;
  return { node: serviceNode(service, kept), folder, folderName, isNamedByKey: id === key };
};

const brokenEntry = (broken: BrokenService): Entry => {
  const { id, key, folder, folderName } = broken;
  return { node: brokenNode(broken), folder, folderName, isNamedByKey: id === key };
};

function serviceRow({ service, naming }: ServiceNode, usage: UsageInRow): Row {
  const { spec } = service;
  const label = spec[naming ?? 'key'];
  const used = shownUsage(service, usage);
  return defined({
    label,
    description: used === undefined ? rowText(service) : `${rowText(service)} · ${used}`,
    figures: figuresOf(service, usage),
    icon: stateIcon(service),
    contextValue: contextValue(service),
    spoken: `${label}, ${roleWords[spec.role]}: ${[stateWords(service), ...spokenDetails(service)].join(', ')}`,
    command: click(service),
  });
}

/** The figures in the row of a service. */
export const figuresOf = (service: Service, usage: UsageInRow): readonly string[] =>
  [lastResponse(service), shownUsage(service, usage)].filter((figure) => figure !== undefined);

const shownUsage = (service: Service, usage: UsageInRow): string | undefined =>
  usage === 'shown' ? usageText(service) : undefined;

/** A question is opened again. A click on a row without a terminal does nothing: there is nothing to show, and no reason for a message. */
function click(service: Service): Row['command'] {
  const { id } = service.spec;
  const actions = actionsOf(service);
  if (actions.includes('answer')) return { id: commandIds.answer, title: looks.answer.title, argument: id };
  return actions.includes('showTerminal')
    ? { id: commandIds.revealTerminal, title: looks.showTerminal.title, argument: id }
    : undefined;
}

const roleWords = {
  backend: t('backend'),
  frontend: t('frontend'),
  database: t('database'),
  worker: t('worker'),
  other: t('service'),
} as const;

function spokenDetails(service: Service): readonly string[] {
  const { lifecycle } = service.state;
  const isUp = lifecycle.kind === 'running' || lifecycle.kind === 'external';
  const port = portOf(service);
  return [
    isUp && port !== undefined ? t('port {0}', port) : undefined,
    isSaidByWords(lifecycle) ? undefined : reasonOf(service),
  ].filter((detail) => detail !== undefined);
}

/** Its file cannot be read, so that the row may be outdated. */
const keptRow = (shown: Row): Row => ({
  ...shown,
  description: `${shown.description} · ${t('last valid')}`,
  spoken: `${shown.spoken}, ${t('last valid configuration')}`,
});

const fileRow = (file: BrokenFile): Row => ({
  label: brokenFileLabel,
  description: whereAndWhy(file),
  icon: { id: 'bracket-error', color: iconColors.error },
  contextValue: 'file',
  spoken: `${brokenFileLabel}, ${whereAndWhy(file)}`,
  command: { id: commandIds.openBrokenFile, title: t('Open Configuration'), argument: file.folder },
});

const brokenRow = ({ broken, naming }: BrokenNode): Row => ({
  label: broken[naming ?? 'key'],
  description: briefMistake(broken.message)(),
  icon: { id: 'bracket-error', color: iconColors.error },
  contextValue: 'broken',
  spoken: t('{0}: invalid configuration in services.json: {1}', broken[naming ?? 'key'], broken.message),
  command: { id: commandIds.openConfig, title: t('Open Configuration'), argument: broken.id },
});

const folderSpoken = ({ name, children }: Extract<TreeNode, { kind: 'folder' }>): string =>
  children.length === 1 ? t('Folder {0}, 1 service', name) : t('Folder {0}, {1} services', name, children.length);

const groupSpoken = ({ name, children }: Extract<TreeNode, { kind: 'group' }>): string =>
  children.length === 1 ? t('Group {0}, 1 service', name) : t('Group {0}, {1} services', name, children.length);
