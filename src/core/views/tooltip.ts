/** The tooltip of one service, as markdown. It is made only when the row is hovered. */
import { toSnapshot } from '../snapshot/toSnapshot';
import { lastCommand } from '../model/commandResult';
import { commandLine } from '../model/service';
import type { ServiceSpec } from '../model/service';
import type { BrokenService } from '../model/brokenService';
import type { Service } from '../lifecycle/state';
import type { ServiceSnapshot } from '../snapshot/snapshot';
import { escapeMarkdown, table } from '../wording/markdown';
import { bytes, percent } from '../wording/figures';
import { actorWords } from '../wording/actor';
import { commandEndWords } from '../wording/commandResult';
import { t } from '../wording/l10n';
import { span, wholeSeconds } from '../wording/span';
import { since, stateWords } from './words';
import { restartReasonWords } from '../wording/restartReason';
import { restartReason } from '../lifecycle/state';
import { shortened } from '../wording/text';

interface TooltipLook {
  /** Below a verdict, which begins with the name and the reason, neither is repeated. */
  readonly place?: 'alone' | 'belowVerdict';
  /** In a remote window: where the browser of the user reaches the service. */
  readonly externalUrl?: string | undefined;
}

/** `now` in ms since the epoch. */
export function serviceTooltip(service: Service, now: number, { place = 'alone', externalUrl }: TooltipLook = {}): string {
  const { spec } = service;
  const snapshot = toSnapshot(service);
  const facts: readonly Fact[] = [
    ...(place === 'alone' ? stateFacts(service, snapshot, now) : []),
    [t('Verdict'), service.state.lifecycle.kind === 'stopped' ? service.verdict?.title : undefined],
    [t('Process'), snapshot.pid === undefined ? undefined : t('pid {0}', snapshot.pid)],
    [t('Processor'), snapshot.cpu === undefined ? undefined : t('{0} of one core', percent(snapshot.cpu))],
    [t('Memory'), snapshot.memory === undefined ? undefined : bytes(snapshot.memory)],
    [t('Up for'), snapshot.startedAt === undefined ? undefined : wholeSeconds(now - snapshot.startedAt)],
    [t('Started by'), snapshot.startedBy === undefined ? undefined : actorWords(snapshot.startedBy)],
    [t('Command'), commandLine(spec)],
    [t('Folder'), spec.cwd === '' ? spec.folder : spec.cwd],
    [t('Address'), snapshot.url],
    [t('Forwarded address'), externalUrl],
    [t('Last probe'), probeWords(snapshot, now)],
    [t('Last command'), commandWords(service, now)],
    [t('Restarted'), restartWords(service)],
    [t('Restarts'), snapshot.restarts === 0 ? undefined : String(snapshot.restarts)],
  ];
  const rows = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [[`**${name}**`, escapeMarkdown(shortened(value, maxValueLength))]],
  );
  return table([place === 'alone' ? heading(spec) : ['', ''], ...rows]);
}

type Fact = readonly [string, string | undefined];

const stateFacts = (service: Service, { reason }: ServiceSnapshot, now: number): readonly Fact[] => [
  [t('State'), stateWithAge(service, now)],
  [t('Reason'), reason],
];

/** A service is often named as its role. */
const heading = ({ id, key, role }: ServiceSpec): readonly string[] => [
  `**${escapeMarkdown(id)}**`,
  role === key ? '' : escapeMarkdown(role),
];

export const brokenTooltip = ({ id, message }: BrokenService): string =>
  `${t('{0} has an invalid configuration in services.json:', `**${escapeMarkdown(id)}**`)}\n\n${escapeMarkdown(message)}`;

/** `Starting · 12 s`: how long a passing state has lasted. */
function stateWithAge(service: Service, now: number): string {
  const { lifecycle } = service.state;
  const from = lifecycle.kind === 'queued' ? undefined : since(lifecycle);
  return [stateWords(service, now), ...(from === undefined ? [] : [wholeSeconds(now - from)])].join(' · ');
}

function restartWords({ state }: Service): string | undefined {
  const reason = restartReason(state);
  return reason === undefined ? undefined : restartReasonWords(reason);
}

function commandWords({ commandStates }: Service, now: number): string | undefined {
  const last = lastCommand(commandStates);
  if (last === undefined) return undefined;
  const { name, at, end } = last;
  return t('{0}: {1}, {2} ago', name, commandEndWords(end), wholeSeconds(now - at));
}

function probeWords({ lastProbe }: ServiceSnapshot, now: number): string | undefined {
  if (lastProbe === undefined) return undefined;
  const { at, ok, status, latencyMs, error } = lastProbe;
  const figures = [
    ok ? t('ok') : t('failed'),
    status === undefined ? undefined : `HTTP ${status}`,
    latencyMs === undefined ? undefined : t('in {0}', span(latencyMs)),
    t('{0} ago', wholeSeconds(now - at)),
  ].filter((figure) => figure !== undefined);
  return error === undefined ? figures.join(', ') : `${figures.join(', ')}: ${error}`;
}

/** In code points: a command may be several screens long. */
const maxValueLength = 500;
