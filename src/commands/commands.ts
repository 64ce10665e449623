/** The handlers of all commands. */
import * as vscode from 'vscode';
import type { Disposable } from '../app/ports';
import type { Showing } from '../app/showTerminal';
import { dependents } from '../app/stopAll';
import { t } from '../core/wording/l10n';
import { listOf } from '../core/wording/listOf';
import { commandIds } from '../core/model/commandIds';
import type { Role } from '../core/model/service';
import type { Service } from '../core/lifecycle/state';
import { target } from './target';
import type { Choices } from './target';
import { showMessage } from '../messages/showMessage';

/** What commands can do. The composition root implements it. */
export interface CommandActions extends Choices {
  get(id: string): Service | undefined;
  start(id: string): void;
  stop(id: string): void;
  /** Stops all services in reverse order of their dependencies; settles when all are stopped. */
  stopAll(): Promise<void>;
  /** Stops all in reverse order of their dependencies, then starts all. */
  restartAll(): Promise<void>;
  restart(id: string): void;
  showTerminal(id: string): Showing;
  open(service: Service): Promise<void>;
  openConfig(id: string | undefined): Promise<void>;
  /** Runs Add Services: finds services in a folder and writes the accepted ones. */
  addServices(): Promise<void>;
  /** Asks for the port when it is undefined. */
  freePort(port: number | undefined): Promise<void>;
  /** Shows why the service is not healthy, and what can be done. */
  diagnose(service: Service): Promise<void>;
  /** Runs the checks of the service and shows their results. */
  runChecks(service: Service): Promise<void>;
  showLog(): void;
  /** Writes instructions for agents. */
  setUpAgents(): Promise<void>;
  pick(first: string | undefined): Promise<void>;
}

type Handler = (argument: unknown) => unknown;

export function registerCommands(actions: CommandActions): Disposable {
  const registered = Object.entries(handlers(actions)).map(([id, handler]) => vscode.commands.registerCommand(id, handler));
  return vscode.Disposable.from(...registered);
}

const handlers = (actions: CommandActions): Readonly<Record<string, Handler>> => ({
  [commandIds.start]: (argument) =>
    withService(actions, argument, t('Start which service?'), (service) => start(actions, service)),
  [commandIds.stop]: (argument) => withService(actions, argument, t('Stop which service?'), (service) => stop(actions, service)),
  [commandIds.restart]: (argument) =>
    withService(actions, argument, t('Restart which service?'), ({ spec }) => actions.restart(spec.id)),
  [commandIds.startAll]: () => forAll(actions, (id) => actions.start(id)),
  [commandIds.stopAll]: () => actions.stopAll(),
  [commandIds.restartAll]: () => actions.restartAll(),
  [commandIds.restartBackend]: () => restartRole(actions, 'backend'),
  [commandIds.restartFrontend]: () => restartRole(actions, 'frontend'),
  [commandIds.showTerminal]: (argument) =>
    withService(actions, argument, t('Show the terminal of which service?'), (service) => showTerminal(actions, service)),
  [commandIds.open]: (argument) => withService(actions, argument, t('Open which service?'), (service) => actions.open(service)),
  [commandIds.addServices]: () => actions.addServices(),
  [commandIds.openConfig]: (argument) => actions.openConfig(idIn(argument)),
  [commandIds.diagnose]: (argument) =>
    withService(actions, argument, t('Diagnose which service?'), (service) => actions.diagnose(service)),
  [commandIds.runChecks]: (argument) =>
    withService(actions, argument, t('Run the checks of which service?'), (service) => actions.runChecks(service)),
  [commandIds.freePort]: (argument) => actions.freePort(portIn(actions, argument)),
  [commandIds.showLog]: () => actions.showLog(),
  [commandIds.setUpAgents]: () => actions.setUpAgents(),
  [commandIds.pick]: (argument) => actions.pick(idIn(argument)),
});

async function withService(
  actions: CommandActions,
  argument: unknown,
  question: string,
  act: (service: Service) => unknown,
): Promise<void> {
  const id = await target(argument, actions, question);
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
  const replace = t('Restart in New Terminal');
  const question = t(
    '{0} is running without a terminal (pid {1}). Restart it in a new terminal?',
    spec.key,
    lifecycle.process.pid,
  );
  if ((await showMessage('warning', question, replace, t('Cancel'))) === replace) actions.restart(spec.id);
}

/** Stops the service at once, then offers to stop the running services that depend on it. */
function stop(actions: CommandActions, { spec }: Service): void {
  actions.stop(spec.id);
  const running = dependents(spec.id, actions.services()).filter(({ state }) => 'process' in state.lifecycle);
  if (running.length === 0) return;
  const stopThem = running.length === 1 ? t('Stop It Too') : t('Stop Them Too');
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

function showTerminal(actions: CommandActions, { spec }: Service): void {
  const showing = actions.showTerminal(spec.id);
  if (showing === 'shown') return;
  if (showing === 'elsewhere') {
    void showMessage('information', t('The terminal of {0} is in another window of this folder.', spec.key));
    return;
  }
  const startIt = t('Start');
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
  void showMessage('information', message, t('Open Configuration')).then((answer) =>
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

const idIn = (argument: unknown): string | undefined => {
  if (typeof argument === 'string') return argument;
  return typeof argument === 'object' && argument !== null && 'id' in argument && typeof argument.id === 'string'
    ? argument.id
    : undefined;
};
