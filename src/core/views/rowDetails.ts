/** What is below the row of a service: what it waits for, its ports, its processes and its one-off commands, as data. */
import type { Service } from '../lifecycle/state';
import type { CommandState } from '../model/commandResult';
import { commandIds } from '../model/commandIds';
import { defined } from '../model/defined';
import type { LookedPort, RowLook } from '../model/rowLook';
import type { MeasuredProcess } from '../model/usage';
import { portOf } from '../snapshot/portOf';
import { commandEndWords } from '../wording/commandResult';
import { bytes, percent } from '../wording/figures';
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import { programName } from '../wording/programName';
import { wholeSeconds } from '../wording/span';
import { oneLine, shortened } from '../wording/text';
import { actionsOf } from './actions';
import { iconColors, stateIcon } from './icon';
import type { Icon } from './icon';
import { rowText } from './rowText';
import type { RowCommand } from './tree';
import { stateWords } from './words';

export interface RowDetail {
  /** Unique among the details of a service. */
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly icon: Icon;
  readonly contextValue: 'dependency' | 'port' | 'process' | 'command' | 'nothing';
  readonly spoken: string;
  readonly tooltip: string;
  /** The service that commands on the row are for: the dependency itself, else the service above. */
  readonly id: string;
  /** Name of the one-off command. */
  readonly command?: string;
  /** What Enter or a click does. */
  readonly click?: RowCommand;
}

/** More processes than these are counted in one row. */
const maxProcesses = 20;
const maxCommandLength = 300;

/** `find` returns another service by its id; `now` in ms since the epoch. */
export function rowDetails(
  service: Service,
  look: RowLook,
  find: (id: string) => Service | undefined,
  now: number,
): readonly RowDetail[] {
  const details = [
    ...service.spec.dependsOn.flatMap(({ id }) => dependencyDetail(service, find(id)) ?? []),
    ...portDetails(service, look.ports),
    ...processDetails(service, look.processes),
    ...Object.keys(service.spec.commands).map((name) => commandDetail(service, name, now)),
  ];
  return details.length > 0 ? details : [nothing(service)];
}

function dependencyDetail({ state: { lifecycle } }: Service, needed: Service | undefined): RowDetail | undefined {
  if (needed === undefined) return undefined;
  const { id } = needed.spec;
  const isAwaited = lifecycle.kind === 'queued' && lifecycle.waitingFor.some((waiting) => waiting.id === id);
  const label = isAwaited ? t('Waits for {0}', id) : t('Depends on {0}', id);
  return {
    ...{ key: `dependency:${id}`, id, label, description: rowText(needed, 'lasting'), icon: stateIcon(needed) },
    ...{ contextValue: 'dependency', spoken: `${label}, ${stateWords(needed)}`, tooltip: `${label}: ${stateWords(needed)}` },
    click: { id: commandIds.revealService, title: t('Show Service'), arguments: [id] },
  };
}

function portDetails(service: Service, looked: readonly LookedPort[]): readonly RowDetail[] {
  const configured = portOf(service);
  const isLookedAt = looked.some(({ port }) => port === configured);
  const all =
    configured === undefined || isLookedAt ? looked : [{ port: configured, addresses: [], holder: 'none' } as const, ...looked];
  return all.map((port) => portDetail(service, port));
}

function portDetail(service: Service, { port, addresses, holder }: LookedPort): RowDetail {
  const { id } = service.spec;
  const label = t('Port {0}', port);
  const description = holderWords(holder, addresses);
  return defined({
    ...{ key: `port:${port}`, id, label, description },
    icon: typeof holder === 'object' ? { id: 'plug', color: iconColors.warning } : { id: 'plug' },
    contextValue: 'port' as const,
    spoken: `${label}, ${description}`,
    tooltip:
      typeof holder === 'object' ? holder.processes.map(processLine).join('\n') || description : `${label}: ${description}`,
    click: portClick(service, port, holder),
  });
}

function holderWords(holder: LookedPort['holder'], addresses: readonly string[]): string {
  if (holder === 'none') return t('not listening');
  if (holder === 'own') return addresses.length === 0 ? t('published') : t('listening on {0}', listOf(addresses, 'and'));
  if (holder === 'debugger') return t('for the debugger on {0}', listOf(addresses, 'and'));
  const [first, ...others] = holder.processes;
  if (first === undefined) return t('used by another process');
  const name = programName(first.command) || t('a process');
  return others.length === 0
    ? t('used by {0} (pid {1})', name, first.pid)
    : t('used by {0} (pid {1}) and {2} more', name, first.pid, others.length);
}

/** The page of the service, or the question that frees the port. */
function portClick(service: Service, port: number, holder: LookedPort['holder']): RowDetail['click'] {
  if (typeof holder === 'object') return { id: commandIds.freePort, title: t('Free Port…'), arguments: [port] };
  const isOpenable = holder === 'own' && port === portOf(service) && actionsOf(service).includes('open');
  return isOpenable ? { id: commandIds.open, title: t('Open in Browser'), arguments: [service.spec.id] } : undefined;
}

function processDetails(service: Service, looked: readonly MeasuredProcess[]): readonly RowDetail[] {
  const shown = looked.slice(0, maxProcesses).map((process) => processDetail(service, process));
  const rest = looked.length - shown.length;
  if (rest === 0) return shown;
  const label = rest === 1 ? t('1 more process') : t('{0} more processes', rest);
  const more = { key: 'processes', id: service.spec.id, label, description: '', icon: processIcon } as const;
  return [...shown, { ...more, contextValue: 'process', spoken: label, tooltip: label, ...terminalClick(service) }];
}

function processDetail(service: Service, process: MeasuredProcess): RowDetail {
  const { pid, cpu, memory } = process;
  const label = t('Process {0}', pid);
  const line = withoutFolder(oneLine(process.command));
  const figures = [cpu === undefined ? undefined : percent(cpu), memory === undefined ? undefined : bytes(memory)];
  const description = [...figures, shortened(line, maxCommandLength)]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
  return {
    ...{ key: `process:${pid}`, id: service.spec.id, label, description, icon: processIcon, contextValue: 'process' },
    ...{ spoken: `${label}, ${description}`, tooltip: processLine({ pid, command: process.command }) },
    ...terminalClick(service),
  };
}

/** `node server.js` of `/usr/bin/node server.js`: a row has little room, and the tooltip the whole line. */
function withoutFolder(line: string): string {
  const [program = ''] = line.split(' ', 1);
  return /^["[]/.test(line) ? line : `${programName(program)}${line.slice(program.length)}`;
}

const processLine = ({ pid, command }: { readonly pid: number; readonly command: string }): string =>
  `${t('pid {0}', pid)}: ${shortened(command, maxCommandLength)}`;

const terminalClick = (service: Service): Pick<RowDetail, 'click'> =>
  actionsOf(service).includes('showTerminal')
    ? { click: { id: commandIds.revealTerminal, title: t('Show Terminal'), arguments: [service.spec.id] } }
    : {};

function commandDetail({ spec, commandStates = {} }: Service, name: string, now: number): RowDetail {
  const state = Object.hasOwn(commandStates, name) ? commandStates[name] : undefined;
  const last = state?.isRunning === true ? undefined : state?.last;
  const description = state?.isRunning === true ? t('Running') : last === undefined ? '' : commandEndWords(last.end);
  const age = last === undefined ? [] : [t('{0}, {1} ago', commandEndWords(last.end), wholeSeconds(now - last.at))];
  return {
    ...{ key: `command:${name}`, id: spec.id, command: name, label: oneLine(name), description, icon: commandIcon(state) },
    contextValue: 'command',
    spoken: [t('Command {0}', oneLine(name)), description].filter(Boolean).join(', '),
    tooltip: [shortened(spec.commands[name] ?? '', maxCommandLength), ...age].join('\n'),
    click: { id: commandIds.showCommand, title: t('Show Terminal'), arguments: [spec.id, name] },
  };
}

function commandIcon(state: CommandState | undefined): Icon {
  if (state?.isRunning === true) return { id: 'loading~spin' };
  switch (state?.last?.end.kind) {
    case undefined:
      return { id: 'terminal' };
    case 'succeeded':
      return { id: 'pass', color: iconColors.healthy };
    case 'failed':
      return { id: 'error', color: iconColors.error };
    case 'refused':
    case 'cancelled':
      return { id: 'circle-slash' };
  }
}

const nothing = ({ spec: { id } }: Service): RowDetail => {
  const label = t('No processes');
  return {
    key: 'nothing',
    id,
    label,
    description: '',
    icon: { id: 'dash' },
    contextValue: 'nothing',
    spoken: label,
    tooltip: label,
  };
};

const processIcon: Icon = { id: 'server-process' };
