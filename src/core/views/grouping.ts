/** Services that one row stands for: those of a folder, of a group or of a role. */
import type { Role } from '../model/service';
import type { Service } from '../lifecycle/state';
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import { escapeIcons } from '../wording/markdown';

/** By what the rows of the view are grouped: the setting `groupBy`. */
export const groupings = ['folder', 'group', 'role'] as const;
export type Grouping = (typeof groupings)[number];

export interface Together {
  /** The key of its row. */
  readonly key: string;
  /** As it is shown. */
  readonly name: string;
  readonly icon: string;
  /** In the order of the files. */
  readonly services: readonly Service[];
}

/** The key of the row of a workspace folder, by its path. */
export const folderKey = (folder: string): string => `folder:${folder}`;

/** The groups in the order in which the files name them. */
export function groupsOf(services: readonly Service[]): readonly Together[] {
  const names = new Set(services.flatMap(({ spec }) => spec.groups));
  return [...names].map((name) => ({
    key: `group:${name}`,
    name,
    icon: 'layers',
    services: services.filter(({ spec }) => spec.groups.includes(name)),
  }));
}

/** The roles that there are services of, in a fixed order. */
export function rolesOf(services: readonly Service[]): readonly Together[] {
  return roles
    .map(({ role, name, icon }) => ({
      key: `role:${role}`,
      name,
      icon,
      services: services.filter(({ spec }) => spec.role === role),
    }))
    .filter((together) => together.services.length > 0);
}

/** The services that the row with this key stands for; undefined when there is no such row. */
export function rowOf(key: string, services: readonly Service[]): Together | undefined {
  return [...groupsOf(services), ...rolesOf(services), ...foldersOf(services)].find((together) => together.key === key);
}

/** The services of the group with this name, which may be written with the "@" that marks a group. */
export function groupNamed(name: string, services: readonly Service[]): Together | undefined {
  const wanted = name.startsWith('@') ? name.slice(1) : name;
  return groupsOf(services).find((together) => together.name === wanted);
}

/** The groups as rows of a list to choose from. */
export const groupChoices = (services: readonly Service[]): readonly { readonly label: string; readonly description: string }[] =>
  groupsOf(services).map((group) => ({
    label: group.name,
    description: escapeIcons(
      listOf(
        group.services.map(({ spec }) => spec.id),
        'and',
      ),
    ),
  }));

function foldersOf(services: readonly Service[]): readonly Together[] {
  const names = new Map(services.map(({ spec }) => [spec.folder, spec.folderName]));
  return [...names].map(([folder, name]) => ({
    key: folderKey(folder),
    name,
    icon: 'folder',
    services: services.filter(({ spec }) => spec.folder === folder),
  }));
}

const roles: readonly { readonly role: Role; readonly name: string; readonly icon: string }[] = [
  { role: 'backend', name: t('Backend'), icon: 'server' },
  { role: 'frontend', name: t('Frontend'), icon: 'browser' },
  { role: 'database', name: t('Database'), icon: 'database' },
  { role: 'worker', name: t('Worker'), icon: 'gear' },
  { role: 'other', name: t('Other'), icon: 'symbol-misc' },
];
