/** The hover of the status bar, as markdown: a line for each of at most 20 services with links to its actions, the sick first. */
import type { BrokenFile } from '../model/brokenFile';
import type { BrokenService } from '../model/brokenService';
import { commandIds } from '../model/commandIds';
import type { Service } from '../lifecycle/state';
import { t } from '../wording/l10n';
import { commandLink, escapeMarkdown } from '../wording/markdown';
import { shortened } from '../wording/text';
import { actionsOf, helpfulFirst, looks } from './actions';
import type { Action } from './actions';
import { brokenFileLabel, whereAndWhy } from './brokenFiles';
import { rowText } from './rowText';
import { iconColors, stateIcon } from './icon';
import type { Icon } from './icon';
import { sickFirst } from './pick';

/** HTML is needed only for the colours of the icons; what comes from outside is escaped. Its links run only `tooltipCommands`. */
export function statusBarTooltip(
  services: readonly Service[],
  broken: readonly BrokenService[],
  files: readonly BrokenFile[] = [],
): string {
  const lines = [
    ...files.slice(0, maxLines).map(fileLine),
    ...sickFirst(services).slice(0, maxLines).map(tooltipLine),
    ...broken.slice(0, maxLines).map(brokenLine),
  ];
  const more = files.length + services.length + broken.length - lines.length;
  if (more > 0) lines.push(commandLink(t('{0} more', more), commandIds.pick));
  return [...paragraphs(lines), allLinks(services, broken)].filter((part) => part !== '').join('\n\n');
}

/** Of about the same length each. */
function paragraphs(lines: readonly string[]): readonly string[] {
  const count = Math.ceil(lines.length / maxParagraphLines);
  const length = Math.ceil(lines.length / count);
  return Array.from({ length: count }, (_, at) => lines.slice(at * length, (at + 1) * length).join('  \n'));
}

/** Of each kind. A hover of more lines is taller than most windows. */
const maxLines = 20;

/**
 * VS Code parses the hover at each change of an item, which takes time and memory by the square of the length of a paragraph: 20 lines
 * take 2.4 MB and 1.0 ms, in three paragraphs 1.0 MB and 0.75 ms (marked 14, as in 1.139.1).
 */
const maxParagraphLines = 8;

/** How long (ms) changes are collected before VS Code parses the tooltip again: many services change often. */
export const tooltipDelay = (services: number): number => Math.max(minTooltipDelayMs, services * delayPerServiceMs);

const minTooltipDelayMs = 250;
const delayPerServiceMs = 25;

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
  commandIds.openBrokenFile,
  commandIds.pick,
];

/** The line of one service, which has no place to break: the name opens the terminal, each icon is an action with its title as hover. */
export function tooltipLine(service: Service): string {
  const { id } = service.spec;
  const links = helpfulFirst(service)
    .filter((action) => action !== 'showTerminal')
    .map((action) => commandLink(`$(${looks[action].icon})`, commandIds[action], [id], looks[action].title));
  return line(stateIcon(service), commandLink(literal(id), commandIds.showTerminal, [id]), rowText(service, 'lasting'), links);
}

const fileLine = (file: BrokenFile): string =>
  line(fileIcon, commandLink(literal(brokenFileLabel), commandIds.openBrokenFile, [file.folder]), whereAndWhy(file), []);

const fileIcon: Icon = { id: 'bracket-error', color: iconColors.error };

const brokenLine = ({ id, message }: BrokenService): string =>
  line(fileIcon, commandLink(literal(id), commandIds.openConfig, [id]), message, []);

const line = (icon: Icon, name: string, cause: string, links: readonly string[]): string =>
  [coloured(icon), name, literal(shortened(cause, maxCauseLength)), ...links].join(space);

function allLinks(services: readonly Service[], broken: readonly BrokenService[]): string {
  const can = (action: Action): boolean => services.some((service) => actionsOf(service).includes(action));
  return [
    ...(can('start') ? [commandLink(t('Start All'), commandIds.startAll)] : []),
    ...(can('stop') ? [commandLink(t('Stop All'), commandIds.stopAll)] : []),
    ...(broken.length > 0 ? [commandLink(t('Open Configuration'), commandIds.openConfig)] : []),
  ].join(' · ');
}

/**
 * Exactly the form of a span that VS Code lets pass (markdownRenderer.ts). An icon does not spin here: what is between two tildes, such as
 * those of two `loading~spin`, is struck out in markdown.
 */
function coloured({ id, color }: Icon): string {
  const icon = `$(${id.replace(/~.*/, '')})`;
  return color === undefined ? icon : `<span style="color:var(--vscode-${color.replaceAll('.', '-')});">${icon}</span>`;
}

/** A no-break space: the links of a line stay beside each other. */
const space = '&nbsp;';

const literal = (text: string): string => escapeMarkdown(text).replaceAll(' ', space);

/** In code points: a hover is at least 500 px wide. */
const maxCauseLength = 40;
