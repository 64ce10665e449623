/** The deferred bundle: everything that is loaded on first use, or after activation. */
import './language';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { internalCommandIds } from '../core/model/commandIds';
import { FailureNotifier } from '../app/notifications/notifier';
import { diagnose, diagnosisReport } from '../app/diagnosis/diagnose';
import type { DiagnosisParts } from '../app/diagnosis/parts';
import { copyReport } from '../core/diagnosis/actions';
import type { Finding } from '../core/diagnosis/finding';
import { t } from '../core/wording/l10n';
import type { Service } from '../core/lifecycle/state';
import { showNotification } from '../host/notifications/showNotification';
import { copyEnvFile } from '../host/diagnosis/copyEnvFile';
import { showFindings } from '../host/diagnosis/findings';
import { writePort } from '../host/ports/offerPort';
import { openFile, resumeProcess, runInTerminal, stopProcess } from '../host/diagnosis/remedies';
import { isNotificationWanted } from '../host/config/settings';
import { createFiles } from '../os/files';
import { Authoring } from '../views/authoring/authoring';
import { connectAddServices } from './addServices';
import type { AddServices } from './addServices';
import { connectChecking } from './checks';
import type { Checking } from './checks';
import type { Own, Parts } from './parts';
import { checkWiring } from './wiringCheck';
import { showMessage } from '../messages/showMessage';

/** What commands and the API need from the deferred bundle. */
export interface Deferred extends AddServices, Checking {
  diagnose(id: string): Promise<readonly Finding[]>;
  /** Shows why a service is not healthy, and what can be done. */
  showDiagnosis(service: Service): Promise<void>;
}

/** What the view and the API, which exist from activation on, know and this part asks for. */
export interface ViewContext {
  /** Whether the Services view is visible. */
  isViewVisible(): boolean;
  /** Whether an extension asked for the start through the API, and waits for the outcome. */
  isAwaited(id: string): boolean;
}

/** Completes the extension; to be called once. */
export function complete(parts: Parts, own: Own, context: ViewContext): Deferred {
  const facts = diagnosisParts(parts);
  registerRemedies(parts, facts, own);
  own(failureNotifier(parts, facts, context));
  own(new Authoring(parts.store, parts.world.clock, () => parts.files.read()));
  checkWiring(parts, facts.files, own);
  return {
    ...connectAddServices(parts, own),
    ...connectChecking(parts, own),
    diagnose: (id) => diagnose(id, facts),
    showDiagnosis: async ({ spec }) => showFindings(spec.key, await diagnose(spec.id, facts), [copyReport(spec.id)]),
  };
}

function diagnosisParts({ store, supervisor, world }: Parts): DiagnosisParts {
  const platform = process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'darwin' : 'linux';
  const isRemote = vscode.env.remoteName !== undefined;
  const inContainer = vscode.env.remoteName === 'dev-container' || existsSync('/.dockerenv');
  return {
    store,
    world,
    files: createFiles(),
    host: { platform, isRemote, inContainer },
    inherited: new Set(Object.keys(process.env)),
    output: (id) => supervisor.output(id),
    linesBeforeHealthy: (id) => supervisor.linesBeforeHealthy(id),
    blockedSince: (run) => world.terminals.blockedSince(run),
  };
}

function failureNotifier({ store, world, sharing }: Parts, facts: DiagnosisParts, context: ViewContext): FailureNotifier {
  return new FailureNotifier({
    store,
    clock: world.clock,
    show: showNotification,
    diagnose: (id) => diagnose(id, facts),
    isWanted: () => isNotificationWanted(context.isViewVisible()),
    // One window reports a failure; for the others it is as good as reported.
    isAwaited: (id) => {
      const spec = store.get(id)?.spec;
      return context.isAwaited(id) || (spec !== undefined && !sharing.reports(spec));
    },
    isPausedInDebugger: () => world.isPausedInDebugger(),
  });
}

function registerRemedies({ world, store, supervisor }: Parts, facts: DiagnosisParts, own: Own): void {
  const command = (name: keyof typeof internalCommandIds, handler: (...args: unknown[]) => unknown): void =>
    void own(vscode.commands.registerCommand(internalCommandIds[name], handler));
  command('stopProcess', (identity) => stopProcess(identity, world));
  command('resumeProcess', (identity) => resumeProcess(identity, world));
  command('continueOutput', (id) => {
    const lifecycle = typeof id === 'string' ? store.get(id)?.state.lifecycle : undefined;
    if (lifecycle !== undefined && 'run' in lifecycle) world.terminals.typeControl(lifecycle.run, 'Q');
  });
  command('runInTerminal', runInTerminal);
  command('openFile', openFile);
  command('setPort', (id, port) => {
    const spec = typeof id === 'string' ? store.get(id)?.spec : undefined;
    return spec === undefined || typeof port !== 'number' ? undefined : writePort(spec, port);
  });
  command('copyEnvFile', async (id) => {
    const service = typeof id === 'string' ? store.get(id) : undefined;
    if (service !== undefined && (await copyEnvFile(service))) supervisor.start(service.spec.id);
  });
  command('copyReport', async (id) => {
    if (typeof id !== 'string' || store.get(id) === undefined) return;
    await vscode.env.clipboard.writeText(await diagnosisReport(id, facts));
    void showMessage('information', t('Report copied to the clipboard, with secrets removed.'));
  });
}
