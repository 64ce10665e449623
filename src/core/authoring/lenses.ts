/** The code lenses over each service in services.json: its state, and its possible actions. */
import { parseServices } from '../config/parse';
import type { ConfigPlace, ParsedServices } from '../config/parse';
import { servicesOf } from '../config/references';
import { readSyntax } from '../config/syntax';
import type { TextRange } from '../config/problem';
import { propertiesOf, rangeOf } from '../config/tree';
import { t } from '../wording/l10n';
import type { Service } from '../lifecycle/state';
import { commandIds } from '../model/commandIds';
import { actionsOf, looks } from '../views/actions';
import type { Action } from '../views/actions';
import { stateIcon } from '../views/icon';
import { rowText } from '../views/rowText';
import type { Figures } from '../views/rowText';
import { isSaidByWords, stateWords } from '../views/words';
import { toSnapshot } from '../snapshot/toSnapshot';
import { cutInside } from '../wording/brief';
import { escapeIcons } from '../wording/markdown';
import { sentences } from '../wording/sentence';
import { shortened } from '../wording/text';

export interface Lens {
  readonly range: TextRange;
  /** With VS Code's `$(icon)`; at most 48 characters, so that the actions beside it are in sight. */
  readonly title: string;
  readonly tooltip?: string;
  /** Undefined when the lens cannot be clicked. */
  readonly command?: { readonly id: string; readonly arguments: readonly unknown[] };
}

/** The content of one version of the text. */
export interface Written extends Pick<ParsedServices, 'broken'> {
  /** Keys with their ranges. Of a repeated key the first counts. */
  readonly keys: ReadonlyMap<string, TextRange>;
  /** The word "services"; undefined while a syntax error in the text may hide some services. */
  readonly top: TextRange | undefined;
  readonly place: ConfigPlace;
}

export function read(text: string, place: ConfigPlace): Written {
  const { root, errors } = readSyntax(text);
  const top = errors.length > 0 ? undefined : propertiesOf(root).find(({ key }) => key === 'services')?.keyNode;
  const keys = new Map<string, TextRange>();
  for (const { key, keyNode } of servicesOf(root)) if (!keys.has(key)) keys.set(key, rangeOf(keyNode));
  return { broken: parseServices(text, place).broken, keys, top: top === undefined ? undefined : rangeOf(top), place };
}

export interface Known {
  /** The services of all folders. */
  readonly services: readonly Service[];
  /** Nothing is started in a workspace that is not trusted. */
  readonly isTrusted: boolean;
  /** The text has unsaved changes, so it may contain services that are not known yet. */
  readonly isDirty: boolean;
  /** `latest` when undefined. */
  readonly figures?: Figures;
}

export function lenses({ keys, broken, top, place }: Written, known: Known): readonly Lens[] {
  const own = new Map<string, Service>();
  for (const service of known.services) if (service.spec.folder === place.folder) own.set(service.spec.key, service);
  const mistakes = new Map(broken.map(({ key, message }) => [key, message]));
  const over = [...keys].flatMap(([key, range]) => lensesOver(range, own.get(key), mistakes.get(key), known));
  return top === undefined ? over : [...left(top, [...own.values()], keys), ...over];
}

/**
 * Returns a text that is another one when the lenses of this service changed by more than the response time; undefined when it is none of
 * this file.
 */
export function lensState(
  { keys, broken, top, place }: Written,
  service: Service,
  known: Omit<Known, 'services'>,
): string | undefined {
  const { folder, key } = service.spec;
  if (folder !== place.folder) return undefined;
  const lasting = { ...known, services: [service], figures: 'lasting' } as const;
  const range = keys.get(key);
  const mistake = broken.find((each) => each.key === key)?.message;
  const own =
    range !== undefined ? lensesOver(range, service, mistake, lasting) : top === undefined ? [] : left(top, [service], keys);
  return JSON.stringify(own);
}

function lensesOver(range: TextRange, service: Service | undefined, mistake: string | undefined, known: Known): readonly Lens[] {
  if (mistake !== undefined)
    return [notRunnable(range, mistake), ...(service === undefined ? [] : running(range, service, known))];
  if (service !== undefined)
    return [stateLens(range, service, known), ...fix(range, service, known), ...actions(range, service, known)];
  return known.isDirty ? [unsaved(range)] : [];
}

const notRunnable = (range: TextRange, mistake: string): Lens => ({
  range,
  title: titled('error', mistake),
  tooltip: mistake,
  command: { id: 'workbench.actions.view.problems', arguments: [] },
});

const unsaved = (range: TextRange): Lens => ({
  range,
  title: titled('circle-large-outline', t('Save the file to run this service')),
  command: { id: 'workbench.action.files.save', arguments: [] },
});

/** A running service keeps its state and its stop lens, whatever the file contains. */
function running(range: TextRange, service: Service, known: Known): readonly Lens[] {
  if (!actionsOf(service).includes('stop')) return [];
  return [
    stateLens(range, service, known),
    ...actions(range, service, known).filter(({ command }) => command?.id === commandIds.stop),
  ];
}

/** Lenses for services that are running but no longer in the file, for example after a rename. */
function left(top: TextRange, own: readonly Service[], keys: ReadonlyMap<string, TextRange>): readonly Lens[] {
  return own
    .filter((service) => !keys.has(service.spec.key) && actionsOf(service).includes('stop'))
    .map((service): Lens => {
      const { key, id } = service.spec;
      const title = titled('debug-stop', t('Stop {0}, no longer in this file', cutInside(key, maxKeyCharacters)));
      return { range: top, title, tooltip: sentence(service), command: { id: commandIds.stop, arguments: [id] } };
    });
}

function stateLens(range: TextRange, service: Service, { figures }: Pick<Known, 'figures'>): Lens {
  const text = sentence(service);
  const title = titled(stateIcon(service).id, rowText(service, figures));
  if (!actionsOf(service).includes('showTerminal')) return { range, title, tooltip: text };
  const command = { id: commandIds.showTerminal, arguments: [service.spec.id] };
  return { range, title, tooltip: t('{0}: click to show the terminal', text), command };
}

/** The same actions as in the row of the service in the Services view. */
function actions(range: TextRange, service: Service, { isTrusted }: Pick<Known, 'isTrusted'>): readonly Lens[] {
  const possible = new Set(actionsOf(service));
  return offered
    .filter((action) => possible.has(action) && (isTrusted || action === 'stop' || action === 'diagnose'))
    .map((action) => ({
      range,
      title: titled(looks[action].icon, looks[action].title),
      command: { id: commandIds[action], arguments: [service.spec.id] },
    }));
}

/** The most helpful action of the verdict, where its title is short and no other lens does the same. */
function fix(range: TextRange, service: Service, { isTrusted }: Pick<Known, 'isTrusted'>): readonly Lens[] {
  const found = service.verdict?.fix;
  if (found === undefined || !isTrusted || !actionsOf(service).includes('diagnose')) return [];
  const isOffered = [...offered, 'showTerminal' as const].some((action) => commandIds[action] === found.command);
  if (isOffered || Array.from(found.title).length > maxFixCharacters) return [];
  return [{ range, title: titled('wrench', found.title), command: { id: found.command, arguments: found.arguments } }];
}

const offered = ['answer', 'start', 'stop', 'restart', 'diagnose'] as const satisfies readonly Action[];

/** The whole reason, for the tooltip. */
function sentence(service: Service): string {
  const words = stateWords(service);
  const { reason } = toSnapshot(service);
  return reason === undefined || isSaidByWords(service.state.lifecycle) ? words : sentences(`${words}:`, reason);
}

/** A normal space after an icon is lost where VS Code draws the lens. */
const titled = (icon: string, text: string): string => `$(${icon})\u00a0${escapeIcons(shortened(text, maxTitleCharacters))}`;

/** In code points. */
const maxTitleCharacters = 46;
const maxFixCharacters = 28;
const maxKeyCharacters = 16;
