/** Every command's id with its thin handler. */
import * as vscode from 'vscode';
import type { Disposable } from '../app/ports';
import type { Showing } from '../app/showTerminal';
import { dependents } from '../app/stopAll';
import { t } from '../core/wording/l10n';
import { commandIds } from '../core/model/commandIds';
import type { Role } from '../core/model/service';
import type { Service } from '../core/lifecycle/state';
import { target } from './target';
import type { Choices } from './target';

/** What commands act upon. */
export interface Desk extends Choices {
  get(id: string): Service | undefined;
  start(id: string): void;
  stop(id: string): void;
  /** In reverse order of their dependencies; settles when all are stopped. */
  stopAll(): Promise<void>;
  restart(id: string): void;
  showTerminal(id: string): Showing;
  open(service: Service): Promise<void>;
  openConfig(id: string | undefined): Promise<void>;
  /** Offers what servers are found in a folder. */
  addServices(): Promise<void>;
  /** Asks for the port when it is undefined. */
  freePort(port: number | undefined): Promise<void>;
  /** Shows why it is not healthy, and what can be done. */
  diagnose(service: Service): Promise<void>;
  /** Runs its checks and shows how they went. */
  runChecks(service: Service): Promise<void>;
  showLog(): void;
  pick(first: string | undefined): Promise<void>;
}

type Handler = (argument: unknown) => unknown;

export function registerCommands(desk: Desk): Disposable {
  const registered = Object.entries(handlers(desk)).map(([id, handler]) => vscode.commands.registerCommand(id, handler));
  return vscode.Disposable.from(...registered);
}

const handlers = (desk: Desk): Readonly<Record<string, Handler>> => ({
  [commandIds.start]: (argument) => withService(desk, argument, t('Start which service?'), (service) => start(desk, service)),
  [commandIds.stop]: (argument) => withService(desk, argument, t('Stop which service?'), (service) => stop(desk, service)),
  [commandIds.restart]: (argument) =>
    withService(desk, argument, t('Restart which service?'), ({ spec }) => desk.restart(spec.id)),
  [commandIds.startAll]: () => forAll(desk, (id) => desk.start(id)),
  [commandIds.stopAll]: () => desk.stopAll(),
  [commandIds.restartAll]: () => forAll(desk, (id) => desk.restart(id)),
  [commandIds.restartBackend]: () => restartRole(desk, 'backend'),
  [commandIds.restartFrontend]: () => restartRole(desk, 'frontend'),
  [commandIds.showTerminal]: (argument) =>
    withService(desk, argument, t('Show the terminal of which service?'), (service) => showTerminal(desk, service)),
  [commandIds.open]: (argument) => withService(desk, argument, t('Open which service?'), (service) => desk.open(service)),
  [commandIds.addServices]: () => desk.addServices(),
  [commandIds.openConfig]: (argument) => desk.openConfig(idIn(argument)),
  [commandIds.diagnose]: (argument) =>
    withService(desk, argument, t('Diagnose which service?'), (service) => desk.diagnose(service)),
  [commandIds.runChecks]: (argument) =>
    withService(desk, argument, t('Run the checks of which service?'), (service) => desk.runChecks(service)),
  [commandIds.freePort]: (argument) => desk.freePort(portIn(desk, argument)),
  [commandIds.showLog]: () => desk.showLog(),
  [commandIds.pick]: (argument) => desk.pick(idIn(argument)),
});

async function withService(desk: Desk, argument: unknown, question: string, act: (service: Service) => unknown): Promise<void> {
  const id = await target(argument, desk, question);
  if (id === undefined) return;
  const service = desk.get(id);
  if (service !== undefined) await act(service);
  else
    void vscode.window.showWarningMessage(
      t(
        'There is no runnable service "{0}" in this workspace: look for its mistake in Problems, or for its name in services.json.',
        id,
      ),
    );
}

/** A service that lost its terminal runs on unseen: a start offers to replace it, and never makes a second copy. */
async function start(desk: Desk, { spec, state }: Service): Promise<void> {
  const { lifecycle } = state;
  if (!('terminal' in lifecycle) || lifecycle.terminal === 'attached') {
    desk.start(spec.id);
    return;
  }
  const replace = t('Replace It');
  const question = t(
    '{0} still runs as pid {1}, but its terminal is gone. Stop it and start it again in a new terminal?',
    spec.key,
    lifecycle.process.pid,
  );
  if ((await vscode.window.showWarningMessage(question, replace, t('Leave It'))) === replace) desk.restart(spec.id);
}

/** What is stopped is stopped at once; who depends on it is told afterwards, with the choice to stop them too. */
function stop(desk: Desk, { spec }: Service): void {
  desk.stop(spec.id);
  const running = dependents(spec.id, desk.services()).filter(({ state }) => 'process' in state.lifecycle);
  if (running.length === 0) return;
  const stopThem = running.length === 1 ? t('Stop It Too') : t('Stop Them Too');
  const names = running.map((service) => service.spec.key).join(', ');
  const message =
    running.length === 1
      ? t('{0} depends on {1}, which is being stopped.', names, spec.key)
      : t('{0} depend on {1}, which is being stopped.', names, spec.key);
  void vscode.window.showWarningMessage(message, stopThem).then((answer) => {
    if (answer === stopThem) for (const service of running) desk.stop(service.spec.id);
  });
}

function showTerminal(desk: Desk, { spec }: Service): void {
  const showing = desk.showTerminal(spec.id);
  if (showing === 'shown') return;
  if (showing === 'elsewhere') {
    void vscode.window.showInformationMessage(t('The terminal of {0} is in another window of this folder.', spec.key));
    return;
  }
  const startIt = t('Start');
  void vscode.window
    .showInformationMessage(
      t('{0} has no terminal in this window.', spec.key),
      ...(desk.get(spec.id)?.state.lifecycle.kind === 'running' ? [] : [startIt]),
    )
    .then((answer) => answer === startIt && desk.start(spec.id));
}

function restartRole(desk: Desk, role: Role): void {
  const services = desk.services().filter(({ spec }) => spec.role === role);
  for (const { spec } of services) desk.restart(spec.id);
  if (services.length > 0) return;
  const message = t('No service has the role "{0}": give one "role": "{0}" in services.json.', role);
  void vscode.window
    .showInformationMessage(message, t('Open Configuration'))
    .then((answer) => (answer === undefined ? undefined : desk.openConfig(undefined)));
}

function forAll(desk: Desk, act: (id: string) => void): void {
  for (const { spec } of desk.services()) act(spec.id);
}

/** A port, a service with one, or nothing. */
function portIn(desk: Desk, argument: unknown): number | undefined {
  if (typeof argument === 'number') return argument;
  const id = idIn(argument);
  return id === undefined ? undefined : desk.get(id)?.spec.port;
}

const idIn = (argument: unknown): string | undefined => {
  if (typeof argument === 'string') return argument;
  return typeof argument === 'object' && argument !== null && 'id' in argument && typeof argument.id === 'string'
    ? argument.id
    : undefined;
};
