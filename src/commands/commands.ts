/** The handlers of all commands. */
import * as vscode from 'vscode';
import type { Disposable } from '../app/ports';
import type { Showing } from '../app/showTerminal';
import { dependents } from '../app/stopAll';
import { button } from '../core/wording/button';
import { t } from '../core/wording/l10n';
import { listOf } from '../core/wording/listOf';
import { commandIds } from '../core/model/commandIds';
import { rowOf } from '../core/views/grouping';
import { actionsOf } from '../core/views/actions';
import type { Role } from '../core/model/service';
import type { Service } from '../core/lifecycle/state';
import { ofFocusedRow } from './focusedRow';
import type { FocusActions } from './focusedRow';
import { groupHandlers } from './groups';
import type { GroupActions } from './groups';
import { runCommand } from './runCommand';
import type { RunCommandActions } from './runCommand';
import { target } from './target';
import type { Choices, Request } from './target';
import { showMessage } from '../messages/showMessage';

/** What commands can do. The composition root implements it. */
export interface CommandActions extends Choices, FocusActions, GroupActions, RunCommandActions {
  get(id: string): Service | undefined;
  start(id: string): void;
  /** Stops all services in reverse order of their dependencies; settles when all are stopped. */
  stopAll(): Promise<void>;
  /** Stops all in reverse order of their dependencies, then starts all. */
  restartAll(): Promise<void>;
  restart(id: string): void;
  showTerminal(id: string, focus: 'keepFocus' | 'takeFocus'): Showing;
  open(service: Service): Promise<void>;
  /** Opens the file of a folder at its first error. */
  openBrokenFile(folder: string): Promise<void>;
  /** Runs Add Services: finds services in a folder and writes the accepted ones. */
  addServices(): Promise<void>;
  /** Asks for the port when it is undefined. */
  freePort(port: number | undefined): Promise<void>;
  /** Opens the question of a service again, if it has one. */
  answer(service: Service): Promise<void>;
  /** Shows why the service is not healthy, and what can be done. */
  diagnose(service: Service): Promise<void>;
  /** Runs the checks of the service and shows their results. */
  runChecks(service: Service): Promise<void>;
  /** Attaches a debugger to the service, which is started where it is not running. */
  debug(service: Service): Promise<void>;
  showLog(): void;
  openDashboard(): Promise<void>;
  /** Opens the search of the view, which can filter its rows. */
  filter(): Promise<void>;
  clearFilter(): void;
  /** Asks by what the rows of the view are grouped. */
  groupBy(): Promise<void>;
  /** Opens the log of these services; of all without any. */
  showLogs(ids: readonly string[]): Promise<void>;
  /** Writes instructions for agents. */
  setUpAgents(): Promise<void>;
  pick(first: string | undefined): Promise<void>;
  isTrusted(): boolean;
  /** Leads to the trust in the workspace, without which nothing is run. */
  offerTrust(): Promise<void>;
}

type Handler = (argument: unknown, detail?: unknown) => unknown;

export function registerCommands(actions: CommandActions): Disposable {
  const all = handlers(actions);
  const registered = Object.entries({ ...all, ...ofFocusedRow(actions, all) }).map(([id, handler]) =>
    vscode.commands.registerCommand(id, needsTrust.has(id) ? behindTrust(handler, actions) : handler),
  );
  return vscode.Disposable.from(...registered);
}

/** Links, keybindings and other extensions run a command whatever its `enablement` in package.json is. */
const needsTrust: ReadonlySet<string> = new Set([
  commandIds.start,
  commandIds.restart,
  commandIds.startAll,
  commandIds.restartAll,
  commandIds.startGroup,
  commandIds.restartGroup,
  commandIds.runCommand,
  commandIds.debug,
  commandIds.restartBackend,
  commandIds.restartFrontend,
]);

const behindTrust =
  (handler: Handler, actions: CommandActions): Handler =>
  (argument, detail) => {
    if (actions.isTrusted()) return handler(argument, detail);
    // The keybinding has changed the selection.
    actions.focusedId();
    return actions.offerTrust();
  };

const handlers = (actions: CommandActions): Readonly<Record<string, Handler>> => ({
  [commandIds.start]: (argument) =>
    withService(actions, argument, { purpose: 'start', question: t('Start which service?') }, (service) =>
      start(actions, service),
    ),
  [commandIds.stop]: (argument) =>
    withService(actions, argument, { purpose: 'stop', question: t('Stop which service?') }, (service) => stop(actions, service)),
  [commandIds.restart]: (argument) =>
    withService(actions, argument, { purpose: 'restart', question: t('Restart which service?') }, ({ spec }) =>
      actions.restart(spec.id),
    ),
  [commandIds.startAll]: () => forAll(actions, (id) => actions.start(id)),
  [commandIds.stopAll]: () => actions.stopAll(),
  [commandIds.restartAll]: () => actions.restartAll(),
  ...groupHandlers(actions),
  [commandIds.restartBackend]: () => restartRole(actions, 'backend'),
  [commandIds.restartFrontend]: () => restartRole(actions, 'frontend'),
  [commandIds.showTerminal]: (argument) =>
    withService(actions, argument, { purpose: 'showTerminal', question: t('Show the terminal of which service?') }, (service) =>
      showTerminal(actions, service, 'takeFocus'),
    ),
  [commandIds.open]: (argument) =>
    withService(actions, argument, { purpose: 'open', question: t('Open which service?') }, (service) => actions.open(service)),
  [commandIds.addServices]: () => actions.addServices(),
  [commandIds.openConfig]: (argument) => actions.openConfig(idIn(argument)),
  [commandIds.diagnose]: (argument) =>
    withService(actions, argument, { purpose: 'diagnose', question: t('Diagnose which service?') }, (service) =>
      actions.diagnose(service),
    ),
  [commandIds.answer]: (argument) =>
    withService(actions, argument, { purpose: 'answer', question: t('Answer which service?') }, (service) =>
      actions.answer(service),
    ),
  [commandIds.dismiss]: (argument) =>
    withService(actions, argument, { purpose: 'dismiss', question: t('Dismiss the failure of which service?') }, ({ spec }) =>
      dismiss(actions, spec.id),
    ),
  [commandIds.runChecks]: (argument) =>
    withService(actions, argument, { purpose: 'runChecks', question: t('Run the checks of which service?') }, (service) =>
      actions.runChecks(service),
    ),
  ...programHandlers(actions),
  [commandIds.freePort]: (argument) => actions.freePort(portIn(actions, argument)),
  [commandIds.openBrokenFile]: (argument) => (typeof argument === 'string' ? actions.openBrokenFile(argument) : undefined),
  [commandIds.revealTerminal]: (argument) => {
    const service = actions.get(idIn(argument) ?? '');
    if (service !== undefined) showTerminal(actions, service, 'keepFocus');
  },
  [commandIds.showLog]: () => actions.showLog(),
  [commandIds.filter]: () => actions.filter(),
  [commandIds.clearFilter]: () => actions.clearFilter(),
  [commandIds.groupBy]: () => actions.groupBy(),
  [commandIds.openDashboard]: () => actions.openDashboard(),
  [commandIds.showLogs]: (argument) => actions.showLogs(idsIn(actions, argument)),
  [commandIds.setUpAgents]: () => actions.setUpAgents(),
  [commandIds.pick]: (argument) => actions.pick(idIn(argument)),
});

/** What concerns the program of a service rather than its state. */
const programHandlers = (actions: CommandActions): Readonly<Record<string, Handler>> => ({
  [commandIds.runCommand]: (argument, name) =>
    withService(actions, argument, { purpose: 'runCommand', question: t('Run a command of which service?') }, (service) =>
      runCommand(actions, service, commandIn(argument) ?? name),
    ),
  [commandIds.debug]: (argument) =>
    withService(actions, argument, { purpose: 'debug', question: t('Debug which service?') }, (service) =>
      actions.debug(service),
    ),
});

/** The row of a command names it. */
const commandIn = (argument: unknown): unknown =>
  typeof argument === 'object' && argument !== null && 'command' in argument ? argument.command : undefined;

async function withService(
  actions: CommandActions,
  argument: unknown,
  request: Request,
  act: (service: Service) => unknown,
): Promise<void> {
  const id = await target(argument, actions, request);
  if (id === undefined) return;
  const service = actions.get(id);
  if (service !== undefined) await act(service);
  else
    void showMessage(
      'warning',
      t(
        'There is no valid service "{0}" in this workspace: look for an error in Problems, or check the name in services.json.',
        id,
      ),
    );
}

/** Starts a service. When it is running without a terminal, offers to restart it instead: a start would make a second copy. */
async function start(actions: CommandActions, { spec, state }: Service): Promise<void> {
  const { lifecycle } = state;
  if (!('terminal' in lifecycle) || lifecycle.terminal === 'attached') {
    actions.start(spec.id);
    return;
  }
  const replace = button(t('Restart'));
  const question = t(
    '{0} is running without a terminal (pid {1}). Restart it in a new terminal?',
    spec.key,
    lifecycle.process.pid,
  );
  if ((await showMessage('warning', question, replace, button(t('Cancel')))) === replace) actions.restart(spec.id);
}

/** A service that runs again by now is left alone. */
function dismiss(actions: CommandActions, id: string): void {
  const service = actions.get(id);
  if (service !== undefined && actionsOf(service).includes('dismiss')) actions.stop(id);
}

/** Stops the service at once, then offers to stop the running services that depend on it. */
function stop(actions: CommandActions, { spec }: Service): void {
  actions.stop(spec.id);
  const running = dependents(spec.id, actions.services()).filter(({ state }) => 'process' in state.lifecycle);
  if (running.length === 0) return;
  const stopThem = button(running.length === 1 ? t('Stop It Too') : t('Stop Them Too'));
  const keys = running.map((service) => service.spec.key);
  const names = listOf(keys, 'and');
  const message =
    running.length === 1
      ? t('{0} depends on {1}, which is being stopped.', names, spec.key)
      : t('{0} depend on {1}, which is being stopped.', names, spec.key);
  void showMessage('warning', message, stopThem).then((answer) => {
    if (answer === stopThem) for (const service of running) actions.stop(service.spec.id);
  });
}

function showTerminal(actions: CommandActions, { spec }: Service, focus: 'keepFocus' | 'takeFocus'): void {
  const showing = actions.showTerminal(spec.id, focus);
  if (showing === 'shown') return;
  if (showing === 'elsewhere') {
    void showMessage('information', t('The terminal of {0} is in another window of this folder.', spec.key));
    return;
  }
  const startIt = button(t('Start'));
  void showMessage(
    'information',
    t('{0} has no terminal in this window.', spec.key),
    ...(actions.get(spec.id)?.state.lifecycle.kind === 'running' ? [] : [startIt]),
  ).then((answer) => answer === startIt && actions.start(spec.id));
}

function restartRole(actions: CommandActions, role: Role): void {
  const services = actions.services().filter(({ spec }) => spec.role === role);
  for (const { spec } of services) actions.restart(spec.id);
  if (services.length > 0) return;
  const message = t('No service has the role "{0}": add "role": "{0}" to a service in services.json.', role);
  void showMessage('information', message, button(t('Open File'))).then((answer) =>
    answer === undefined ? undefined : actions.openConfig(undefined),
  );
}

function forAll(actions: CommandActions, act: (id: string) => void): void {
  for (const { spec } of actions.services()) act(spec.id);
}

/** Reads a port from a command argument: a number, or a service that has a port. */
function portIn(actions: CommandActions, argument: unknown): number | undefined {
  if (typeof argument === 'number') return argument;
  const id = idIn(argument);
  return id === undefined ? undefined : actions.get(id)?.spec.port;
}

/** The services that an argument names: one, several, or those of the row of a folder, a group or a role. None when it names none. */
function idsIn(actions: CommandActions, argument: unknown): readonly string[] {
  if (Array.isArray(argument)) return argument.flatMap((each: unknown) => idIn(each) ?? []);
  if (typeof argument === 'object' && argument !== null) {
    if ('focused' in argument) return [actions.focusedId()].filter((id) => id !== undefined);
    if ('key' in argument && typeof argument.key === 'string') {
      const together = rowOf(argument.key, actions.services());
      if (together !== undefined) return together.services.map(({ spec }) => spec.id);
    }
  }
  return [idIn(argument)].filter((id) => id !== undefined);
}

const idIn = (argument: unknown): string | undefined => {
  if (typeof argument === 'string') return argument;
  return typeof argument === 'object' && argument !== null && 'id' in argument && typeof argument.id === 'string'
    ? argument.id
    : undefined;
};
