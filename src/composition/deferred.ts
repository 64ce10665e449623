/** What is loaded after activation: as a bundle of its own, when it is asked for or when there is time. */
import './language';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { internalCommandIds } from '../core/model/commandIds';
import { Announcer } from '../app/notifications/announcer';
import { diagnose, diagnosisReport } from '../app/diagnosis/diagnose';
import type { DiagnosisParts } from '../app/diagnosis/parts';
import { copyReport } from '../core/diagnosis/actions';
import type { Finding } from '../core/diagnosis/finding';
import { t } from '../core/wording/l10n';
import type { Service } from '../core/lifecycle/state';
import { announce } from '../host/notifications/announce';
import { copyEnvFile } from '../host/diagnosis/copyEnvFile';
import { showFindings } from '../host/diagnosis/findings';
import { writePort } from '../host/ports/offerPort';
import { openFile, resumeProcess, runInTerminal, stopProcess } from '../host/diagnosis/remedies';
import { isNoticeWanted } from '../host/config/settings';
import { createFiles } from '../os/files';
import { Authoring } from '../views/authoring/authoring';
import { connectAdding } from './addServices';
import type { Adding } from './addServices';
import { connectChecking } from './checks';
import type { Checking } from './checks';
import type { Own, Parts } from './parts';
import { checkWiring } from './wiringCheck';

/** What commands and the API ask of this part. */
export interface Deferred extends Adding, Checking {
  diagnose(id: string): Promise<readonly Finding[]>;
  /** Shows why a service is not healthy, and what can be done. */
  showDiagnosis(service: Service): Promise<void>;
}

/** What only the part that is there from activation on can tell. */
export interface Around {
  /** Whether the Services view is in sight. */
  isViewVisible(): boolean;
  /** Whether a program asked for the start of a service and waits for the outcome. */
  isAwaited(id: string): boolean;
}

/** Completes the extension; to be called once. */
export function complete(parts: Parts, own: Own, around: Around): Deferred {
  const facts = diagnosisParts(parts);
  registerRemedies(parts, facts, own);
  own(announcer(parts, facts, around));
  own(new Authoring(parts.store, parts.world.clock, () => parts.files.read()));
  checkWiring(parts, facts.files, own);
  return {
    ...connectAdding(parts, own),
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
    ...{ store, world },
    files: createFiles(),
    host: { platform, isRemote, inContainer },
    inherited: new Set(Object.keys(process.env)),
    output: (id) => supervisor.output(id),
    blockedSince: (run) => world.terminals.blockedSince(run),
  };
}

function announcer({ store, world, sharing }: Parts, facts: DiagnosisParts, around: Around): Announcer {
  return new Announcer({
    ...{ store, clock: world.clock, show: announce },
    diagnose: (id) => diagnose(id, facts),
    isWanted: () => isNoticeWanted(around.isViewVisible()),
    // One window reports a failure; for the others it is as good as reported.
    isAwaited: (id) => {
      const spec = store.get(id)?.spec;
      return around.isAwaited(id) || (spec !== undefined && !sharing.reports(spec));
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
    void vscode.window.showInformationMessage(t('The report is in the clipboard, without secrets.'));
  });
}
