/** The tooltip of one service, as markdown. Made only when somebody looks. */
import { project } from '../project';
import { commandLine } from '../service';
import type { BrokenService, Service, ServiceSnapshot } from '../snapshot';
import { escapeMarkdown, table } from './markdown';
import { span, wholeSeconds } from './span';
import { stateWords } from './words';

/** `now` in ms since the epoch. */
export function serviceTooltip(service: Service, now: number): string {
  const { spec } = service;
  const snapshot = project(service);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['State', stateWords(service, now)],
    ['Reason', snapshot.reason],
    ['Process', snapshot.pid === undefined ? undefined : `pid ${snapshot.pid}`],
    ['Up for', snapshot.startedAt === undefined ? undefined : wholeSeconds(now - snapshot.startedAt)],
    ['Command', commandLine(spec)],
    ['Folder', spec.cwd === '' ? spec.folder : spec.cwd],
    ['Address', snapshot.url],
    ['Last probe', probeWords(snapshot, now)],
    ['Restarts', snapshot.restarts === 0 ? undefined : String(snapshot.restarts)],
  ];
  const rows = facts.flatMap(([name, value]) => (value === undefined ? [] : [[`**${name}**`, escapeMarkdown(shortened(value))]]));
  return table([[`**${escapeMarkdown(spec.id)}**`, escapeMarkdown(spec.role)], ...rows]);
}

export const brokenTooltip = ({ id, message }: BrokenService): string =>
  `**${escapeMarkdown(id)}** is not usable, because of a mistake in services.json:\n\n${escapeMarkdown(message)}`;

function probeWords({ lastProbe }: ServiceSnapshot, now: number): string | undefined {
  if (lastProbe === undefined) return undefined;
  const { at, ok, status, latencyMs, error } = lastProbe;
  const figures = [
    ok ? 'ok' : 'failed',
    status === undefined ? undefined : `HTTP ${status}`,
    latencyMs === undefined ? undefined : `in ${span(latencyMs)}`,
    `${wholeSeconds(now - at)} ago`,
  ].filter((figure) => figure !== undefined);
  return error === undefined ? figures.join(', ') : `${figures.join(', ')}: ${error}`;
}

/** A tooltip is no place for a command of several screens. */
const shortened = (text: string): string => (text.length > 500 ? `${text.slice(0, 499)}…` : text);
