/** Replies as text for a terminal. Texts from services are printed without terminal codes of their own. */
import Table from 'cli-table3';
import { createColors } from 'picocolors';
import type {
  CheckReply,
  CommandReply,
  DiagnoseReply,
  EventsReply,
  GroupReply,
  ListReply,
  LogsReply,
  OutcomeReply,
  ServiceRow,
} from '../core/agents/outcome';
import { isSuccess } from '../core/agents/outcome';
import type { Actor } from '../core/model/actor';
import { stripTerminalCodes } from '../core/output/outputTail';

/** Not as the library decides it: where CI is set, it colours also what a program reads. */
const colors = createColors(process.env['NO_COLOR'] === undefined && isTerminal(process.stdout));

/** Node leaves it undefined for a pipe, for which the library would decide. */
function isTerminal({ isTTY }: { readonly isTTY?: boolean }): boolean {
  return isTTY === true;
}

/** A plain text on one line. */
const plain = (text: string): string => stripTerminalCodes(text).replaceAll('\n', ' ');

const border = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid']
    .concat(['mid-mid', 'right', 'right-mid'])
    .map((part) => [part, '']),
);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({
    head: head.map((title) => colors.dim(title)),
    chars: { ...border, middle: ' ' },
    style: { 'padding-left': 0, 'padding-right': 1, head: [], border: [] },
  });
  made.push(...rows.map((row) => [...row]));
  return `${made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

export function printList({ services, broken = [], next }: ListReply): string {
  if (services.length + broken.length === 0) return `${plain(next ?? 'No services are configured in this folder.')}\n`;
  // Only a remote window forwards ports.
  const isForwarded = services.some(({ externalUrl }) => externalUrl !== undefined);
  const rows = services.map((row) => [
    plain(row.service),
    stateColor(row)(plain(row.state)),
    plain(row.url ?? ''),
    row.pid === undefined ? '' : String(row.pid),
    row.startedBy === undefined ? '' : actor(row.startedBy),
    ...(isForwarded ? [plain(row.externalUrl ?? '')] : []),
  ]);
  const heads = ['Service', 'State', 'Address', 'Pid', 'Started by', ...(isForwarded ? ['Forwarded address'] : [])];
  const reasons = services.flatMap(({ service, verdict }) =>
    verdict === undefined ? [] : [`${colors.red(plain(service))}: ${plain(verdict.sentence)}\n`],
  );
  const problems = broken.map(({ service, problem }) => `${colors.red(plain(service))}: ${plain(problem)}\n`);
  return [table(heads, rows), ...reasons, ...problems].join('');
}

/** On the machine of the service; in a remote window, then where the browser of the user reaches it. */
const addressOf = ({ url = '', externalUrl }: ServiceRow): string =>
  externalUrl === undefined ? plain(url) : `${plain(url)} (forwarded: ${plain(externalUrl)})`;

function stateColor({ health, lifecycle }: ServiceRow): (text: string) => string {
  if (health === 'healthy' || (lifecycle === 'running' && health === 'none')) return colors.green;
  if (lifecycle === 'failed' || lifecycle === 'backingOff' || health === 'unhealthy') return colors.red;
  return lifecycle === 'stopped' || lifecycle === 'exited' ? colors.dim : colors.yellow;
}

const actor = ({ kind, who }: Actor): string => (who === undefined ? kind : `${plain(who)} (${kind})`);

export function printOutcome(name: string, reply: OutcomeReply): string {
  const { outcome, service, verdict, next, owners = [], lines = [], dependents = [], knownServices = [], nearest } = reply;
  const good = isSuccess(outcome);
  const where = good && service?.url !== undefined && outcome !== 'stopped' ? `, ${addressOf(service)}` : '';
  const head = `${good ? colors.green(plain(name)) : colors.red(plain(name))}: ${outcome}${where}`;
  const parts = [
    head,
    ...(verdict === undefined ? [] : [plain(verdict.sentence), colors.dim(`code: ${plain(verdict.code)}`)]),
    ...(next === undefined ? [] : [plain(next)]),
    ...owners.map(({ pid, command }) => `Port held by pid ${pid}: ${plain(command)}`),
    ...(dependents.length === 0 ? [] : [`Depends on it: ${dependents.map(plain).join(', ')}`]),
    ...(knownServices.length === 0 || nearest !== undefined ? [] : [`Known services: ${knownServices.map(plain).join(', ')}`]),
    ...lines.map((line) => colors.dim(`  ${plain(line)}`)),
  ];
  return `${parts.join('\n')}\n`;
}

/** The output of a command, then how it ended. */
export function printCommand({ service, command, ok, result, verdict, next, lines }: CommandReply): string {
  const head = `${(ok ? colors.green : colors.red)(`${plain(service)}, "${plain(command)}"`)}: ${plain(result)}`;
  return `${[
    ...lines.map(plain),
    head,
    ...(verdict === undefined ? [] : [colors.dim(`code: ${plain(verdict.code)}`)]),
    ...(next === undefined ? [] : [plain(next)]),
  ].join('\n')}\n`;
}

/** Each service of the group, then what was started for it. */
export function printGroup({ services, alsoStarted = [] }: GroupReply): string {
  const others =
    alsoStarted.length === 0 ? '' : `Started as well, because the group depends on it: ${alsoStarted.map(plain).join(', ')}\n`;
  return services.map((reply) => printOutcome(reply.service?.service ?? '', reply)).join('') + others;
}

export const printLogs = ({ lines, dropped, cut }: Pick<LogsReply, 'lines' | 'dropped' | 'cut'>): string => {
  const notes = [...(dropped > 0 ? [`${dropped} older lines are not kept.`] : []), ...(cut === undefined ? [] : [cut])];
  const shown = lines.map(
    ({ at, service, text }) => `${colors.dim(at.slice(11, 23))} ${colors.cyan(plain(service))} ${plain(text)}\n`,
  );
  return [...notes.map((note) => `${colors.dim(note)}\n`), ...shown].join('');
};

export function printDiagnosis({ service, findings, lines }: DiagnoseReply): string {
  if (findings.length === 0) return `${colors.green(plain(service))}: no problems found\n`;
  const parts = findings.map(({ code, title, detail, evidence, fixes }) =>
    [
      `${colors.bold(plain(title))} ${colors.dim(`(${plain(code)})`)}`,
      plain(detail),
      ...evidence.map((fact) => `- ${plain(fact)}`),
      ...(fixes.length === 0 ? [] : [colors.dim(`In VS Code: ${fixes.map(plain).join(', ')}`)]),
    ].join('\n'),
  );
  const output = lines.slice(-10).map((line) => colors.dim(`  ${plain(line)}`));
  return `${[...parts, ...(output.length === 0 ? [] : [output.join('\n')])].join('\n\n')}\n`;
}

export const printChecks = ({ service, checks }: CheckReply): string =>
  checks.length === 0
    ? `${plain(service)}: no checks are configured\n`
    : checks
        .map(({ name, ok, status, latencyMs, message }) => {
          const figures = [
            status === undefined ? '' : `HTTP ${status}`,
            latencyMs === undefined ? '' : `${Math.round(latencyMs)} ms`,
          ];
          const words = [plain(name), ...figures, message === undefined ? '' : plain(message)].filter((word) => word !== '');
          return `${ok ? colors.green('ok    ') : colors.red('failed')} ${words.join(', ')}\n`;
        })
        .join('');

export const printEvents = ({ events }: EventsReply): string =>
  events
    .map(({ at, service, what, by, reason }) => {
      const who = by === undefined ? '' : ` by ${actor(by)}`;
      return `${colors.dim(at.slice(0, 19).replace('T', ' '))} ${plain(service)} ${what}${who}${reason === undefined ? '' : `: ${plain(reason)}`}\n`;
    })
    .join('');
