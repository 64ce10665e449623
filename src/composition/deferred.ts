/** The deferred bundle: everything that is loaded on first use, or after activation. */
import './language';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { internalCommandIds } from '../core/model/commandIds';
import type { CommandRuns } from '../app/commands/commandRuns';
import { ApiOutput } from '../app/agents/apiOutput';
import { EventLog } from '../app/agents/eventLog';
import { FailureNotifier } from '../app/notifications/notifier';
import { diagnose, diagnosisReport } from '../app/diagnosis/diagnose';
import { LatestVerdicts } from '../app/diagnosis/latestVerdicts';
import { SeenPorts } from '../app/diagnosis/seenPorts';
import type { DiagnosisParts } from '../app/diagnosis/parts';
import { isConfigChanges } from '../core/config/setValues';
import { copyReport } from '../core/diagnosis/actions';
import type { Finding } from '../core/diagnosis/finding';
import { t } from '../core/wording/l10n';
import type { Service } from '../core/lifecycle/state';
import { commandLine } from '../core/model/service';
import type { ServiceSpec } from '../core/model/service';
import { typedCommand } from '../os/launch/windowsCommand';
import { isInside } from '../core/workspaceFiles/paths';
import { openTerminals } from '../host/terminals/openTerminals';
import { DiskTrouble } from '../host/notifications/diskTrouble';
import { showNotification } from '../host/notifications/showNotification';
import { copyEnvFile } from '../host/diagnosis/copyEnvFile';
import { debugProblems } from '../app/config/debugProblems';
import { signalProblems } from '../app/config/signalProblems';
import type { ConfigProblem } from '../core/config/problem';
import { launchTargetsOf } from '../host/debug/launchConfigurations';
import { changeConfig } from '../host/config/changeConfig';
import type { ConfigFile } from '../host/config/configFiles';
import { attachDebugger } from '../host/diagnosis/attachDebugger';
import { showFindings } from '../host/diagnosis/findings';
import { freePort } from '../host/ports/freePort';
import { offerPort, writePort } from '../host/ports/offerPort';
import { useFreePort } from '../host/ports/useFreePort';
import { chatActions, openChat } from '../host/agents/askChat';
import { openFile, resumeProcess, runInTerminal, stopProcess } from '../host/diagnosis/remedies';
import type { WriteForTerminal } from '../host/diagnosis/remedies';
import { isNotificationWanted } from '../host/config/settings';
import { searchLines } from '../os/agents/searchLines';
import { createFiles } from '../os/files';
import { createRuntimeReader } from '../os/runtimes/index';
import { convertLineEndings, removePidFile } from '../os/remedies';
import { askForFilter } from '../views/filterRows';
import { carryOutPick } from '../views/pick';
import { pickGrouping } from '../views/pickGrouping';
import type { FilteredRows } from '../views/filterRows';
import type { RowDetails } from '../views/rowDetails';
import { HealthPathFixes } from '../views/healthPathFixes';
import { HealthPathProblems } from '../views/healthPathProblems';
import { Authoring } from '../views/authoring/authoring';
import { connectAddServices } from './addServices';
import { keepHistory } from './history';
import type { KeptHistory } from './history';
import type { AddServices, AddServicesContext } from './addServices';
import { connectCommands } from './commands';
import { connectDebugging } from './debug';
import { connectChecking } from './checks';
import type { Checking } from './checks';
import type { Own, Parts } from './parts';
import { keepLogs } from './logs';
import type { KeptLogs } from './logs';
import { connectRowDetails } from './rowDetails';
import type { RowsView } from './rowDetails';
import { checkRuntimes } from './runtimes';
import { offerSvc } from './svc';
import { watchCopies, watchTerminals } from './terminals';
import { watchFiles } from './watch';
import { checkWiring } from './wiringCheck';
import { showMessage } from '../messages/showMessage';

/** What commands and the API need from the deferred bundle. */
export interface Deferred extends AddServices, Checking {
  diagnose(id: string): Promise<readonly Finding[]>;
  readonly keptLogs: KeptLogs;
  /** Output and events for the API. */
  readonly output: ApiOutput;
  /** Writes instructions for agents into the files that the user selects. */
  setUpAgents(): Promise<void>;
  /** What has happened to the services since the window was opened. */
  readonly events: EventLog;
  /** The same over a day, with what their processes used. */
  readonly history: KeptHistory;
  /** Attaches a debugger to the service. */
  debug(service: Service): Promise<void>;
  /** Finds names in "debug" that no launch configuration has, and on Windows signals. */
  laterProblems(file: ConfigFile): readonly ConfigProblem[];
  /** The one-off commands of services. */
  readonly commands: CommandRuns;
  /** Filters the rows of the view by what the user types. */
  askForFilter(rows: FilteredRows): Promise<void>;
  /** Asks by what the rows are grouped. */
  pickGrouping(): Promise<void>;
  /** Lists the services, that with the id `first` before all others, and carries out what the user chooses. */
  pick(first: string | undefined): Promise<void>;
  /** What is below the rows of services. */
  readonly rowDetails: RowDetails;
  /** Shows why a one-off command failed, and what can be done. */
  showFindings(name: string, findings: readonly Finding[]): Promise<void>;
  /** Names the processes that use a port, and ends them when the user agrees. Undefined: asks for the port. */
  freePort(port: number | undefined): Promise<void>;
  /** Gives a service a free port instead of its fixed one, and starts it. */
  useFreePort(id: string): Promise<void>;
  /** Offers to write the port that the output of a service shows into services.json. */
  offerPort(spec: ServiceSpec, port: number): Promise<void>;
  /** Shows why a service is not healthy, and what can be done. */
  showDiagnosis(service: Service): Promise<void>;
}

/** What the view and the API, which exist from activation on, know and this part asks for. */
export interface ViewContext extends AddServicesContext {
  /** Whether an extension asked for the start through the API, and waits for the outcome. */
  isAwaited(id: string): boolean;
  readonly rows: RowsView;
}

/** Completes the extension; to be called once. */
export function complete(parts: Parts, own: Own, context: ViewContext): Deferred {
  const runtimes = createRuntimeReader();
  const seenKills = watchTerminals(parts, own);
  const facts = { ...diagnosisParts(parts), runtimes, seenKills, terminals: openTerminals };
  const { store, world, logs } = parts;
  const verdicts = own(new LatestVerdicts({ store, clock: world.clock, diagnose: (id) => diagnose(id, facts) }));
  const events = own(new EventLog({ store, clock: world.clock, numbers: logs }));
  const disk = new DiskTrouble(parts.log);
  const keptLogs = keepLogs(parts, disk, own);
  const history = keepHistory(parts, { events, disk }, own);
  const refresh: KeptLogs['refresh'] = (service) => keptLogs.refresh(service);
  const output = new ApiOutput({ store, logs, log: events, refresh, search: searchLines });
  registerRemedies(parts, facts, own);
  const setUpAgents = offerSvc(parts, own);
  own(failureNotifier(parts, verdicts, context));
  watchCopies(parts, own, {
    files: facts.files,
    diagnose: (id) => diagnose(id, facts),
    isViewVisible: () => context.isViewVisible(),
  });
  own(new Authoring(parts.store, parts.world.clock, () => parts.files.read()));
  checkWiring(parts, facts.files, own);
  correctHealthPaths(parts, verdicts, own);
  checkRuntimes(parts, facts, runtimes, own);
  watchFiles(parts, own);
  const commands = connectCommands(parts, (id, run) => diagnose(id, { ...facts, ...run }));
  return {
    ...connectAddServices(parts, own, { ...context, diagnoseRun: (id, run) => diagnose(id, { ...facts, ...run }) }),
    ...connectChecking(parts, own),
    events,
    history,
    setUpAgents,
    output,
    keptLogs,
    commands,
    askForFilter,
    pickGrouping,
    pick: (first) => carryOutPick(store, first),
    rowDetails: connectRowDetails(parts, { rows: context.rows, isViewVisible: () => context.isViewVisible() }, commands, own),
    debug: connectDebugging(parts, own),
    laterProblems: (file) => [...debugProblems(file, launchTargetsOf(file.uri)), ...signalProblems(file, process.platform)],
    showFindings: (name, findings) => showFindings(name, findings, []),
    freePort: (port) =>
      freePort(port, { ...world, stopForPort: (service, request) => parts.supervisor.stopForPort(service, request) }),
    offerPort,
    useFreePort: (id) => connectedFreePort(parts, id),
    diagnose: (id) => verdicts.diagnose(id),
    showDiagnosis: async ({ spec }) =>
      showFindings(spec.key, await verdicts.diagnose(spec.id), [copyReport(spec.id), ...(await chatActions(spec.id))]),
  };
}

function correctHealthPaths({ store, files }: Parts, verdicts: LatestVerdicts, own: Own): void {
  own(new HealthPathProblems(store, files));
  const fixes = new HealthPathFixes(store, (id) => verdicts.diagnose(id));
  const selector = { scheme: 'file', pattern: '**/.vscode/services.json' };
  own(vscode.languages.registerCodeActionsProvider(selector, fixes, { providedCodeActionKinds: HealthPathFixes.kinds }));
}

function diagnosisParts({ store, sharing, world }: Parts): DiagnosisParts {
  const platform = process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'darwin' : 'linux';
  const isRemote = vscode.env.remoteName !== undefined;
  const inContainer = vscode.env.remoteName === 'dev-container' || existsSync('/.dockerenv');
  return {
    store,
    world,
    files: createFiles(),
    host: { platform, isRemote, inContainer },
    inherited: new Set(Object.keys(process.env)),
    seenPorts: new SeenPorts(),
    output: (service) => sharing.output(service),
    blockedSince: (run) => world.terminals.blockedSince(run),
  };
}

function failureNotifier({ store, world, sharing }: Parts, verdicts: LatestVerdicts, context: ViewContext): FailureNotifier {
  return new FailureNotifier({
    store,
    clock: world.clock,
    show: showNotification,
    diagnose: (id) => verdicts.diagnose(id),
    isWanted: () => isNotificationWanted(context.isViewVisible()),
    // One window reports a failure; for the others it is as good as reported.
    isAwaited: (id) => {
      const spec = store.get(id)?.spec;
      return context.isAwaited(id) || (spec !== undefined && !sharing.reports(spec));
    },
    isPausedInDebugger: (service) => world.debuggers.isPaused(service),
  });
}

async function connectedFreePort({ store, files, supervisor }: Parts, id: string): Promise<void> {
  const spec = store.get(id)?.spec;
  if (spec === undefined) return;
  await useFreePort(spec, {
    written: (each) => store.written(each),
    read: () => files.read(),
    restart: (each) => supervisor.restart(each),
  });
}

const writtenForTerminal: WriteForTerminal = async (line, folder) =>
  process.platform === 'win32' ? typedCommand(line, vscode.env.shell, folder) : line;

function registerRemedies(parts: Parts, facts: DiagnosisParts, own: Own): void {
  const { world, store, supervisor } = parts;
  const changeScript = changeInFolder(store);
  const command = (name: keyof typeof internalCommandIds, handler: (...args: unknown[]) => unknown): void =>
    void own(vscode.commands.registerCommand(internalCommandIds[name], handler));
  command('stopProcess', (identity) => stopProcess(identity, world));
  command('resumeProcess', (identity) => resumeProcess(identity, world));
  command('continueOutput', (id) => {
    const lifecycle = typeof id === 'string' ? store.get(id)?.state.lifecycle : undefined;
    if (lifecycle !== undefined && 'run' in lifecycle) world.terminals.typeControl(lifecycle.run, 'Q');
  });
  command('runInTerminal', (line, folder) => runInTerminal(line, folder, writtenForTerminal));
  command('openFile', openFile);
  command('setPort', (id, port) => {
    const spec = specOf(store, id);
    return spec === undefined || typeof port !== 'number' ? undefined : writePort(spec, port);
  });
  command('useFreePort', (id) => (typeof id === 'string' ? connectedFreePort(parts, id) : undefined));
  command('attachDebugger', (id, port) => {
    const spec = specOf(store, id);
    if (spec === undefined || typeof port !== 'number') return undefined;
    return attachDebugger(spec, { port, cwd: world.folderOf(spec) });
  });
  command('convertLineEndings', (id, path) => changeScript(id, path, (_, file) => convertLineEndings(file)));
  command('removePidFile', (id, path) =>
    changeScript(id, path, async (spec, file) => {
      if (!(await removePidFile(file, commandLine(spec), world.processes)))
        void showMessage('warning', t('{0} was not deleted: its server is running, or that is not known.', file));
    }),
  );
  command('changeConfig', (id, changes) => {
    const spec = specOf(store, id);
    return spec === undefined || !isConfigChanges(changes) ? undefined : changeConfig(spec, changes);
  });
  command('copyEnvFile', async (id) => {
    const service = typeof id === 'string' ? store.get(id) : undefined;
    if (service !== undefined && (await copyEnvFile(service))) supervisor.start(service.spec.id);
  });
  command('askChat', async (id) => {
    const spec = specOf(store, id);
    if (spec !== undefined) await openChat(spec.id, await diagnosisReport(spec.id, facts));
  });
  command('copyReport', async (id) => {
    if (typeof id !== 'string' || store.get(id) === undefined) return;
    await vscode.env.clipboard.writeText(await diagnosisReport(id, facts));
    void showMessage('information', t('Report copied to the clipboard, with secrets removed.'));
  });
}

/** An argument of a command may be anything. */
const specOf = (store: Parts['store'], id: unknown): ServiceSpec | undefined =>
  typeof id === 'string' ? store.get(id)?.spec : undefined;

/** Changes a file for a service, if it is in the workspace folder of the service. */
const changeInFolder =
  (store: Parts['store']) =>
  async (id: unknown, path: unknown, change: (spec: ServiceSpec, path: string) => Promise<void>): Promise<void> => {
    const spec = specOf(store, id);
    if (spec === undefined || typeof path !== 'string' || !isInside(path, spec.folder) || !vscode.workspace.isTrusted) return;
    try {
      await change(spec, path);
    } catch (error) {
      void showMessage(
        'error',
        t('{0} could not be changed ({1}).', path, error instanceof Error ? error.message : String(error)),
      );
    }
  };
