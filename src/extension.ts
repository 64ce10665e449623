/** activate and deactivate: the composition root, nothing else. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { adoptNewcomer, adoptRunning } from './app/adoption';
import { configurationOf } from './app/configure';
import { stopAll } from './app/stopAll';
import { Store } from './app/store';
import { Supervisor } from './app/supervisor';
import type { DiagnosisParts } from './app/facts/parts';
import type { World } from './app/world';
import { copyReport } from './core/diagnosis/actions';
import type { Finding } from './core/diagnosis/finding';
import { registerCommands } from './commands/commands';
import { project } from './core/project';
import { Api } from './host/api';
import type { ServiceLifecycleApi } from './host/api';
import { askAboutPort } from './host/askAboutPort';
import { consentToAutoStart } from './host/autoStart';
import { ConfigFiles } from './host/configFiles';
import type { ConfigFile } from './host/configFiles';
import { DebugPauses } from './host/debugPauses';
import { freePort } from './host/freePort';
import { launchProblems } from './host/launchProblems';
import { FileLedger } from './host/ledger';
import { showFindings } from './host/findings';
import { offerPort, writePort } from './host/offerPort';
import { openConfig } from './host/openConfig';
import { openInBrowser } from './host/openInBrowser';
import { FilePreflight, folderOf } from './host/preflight';
import { openFile, resumeProcess, runInTerminal, stopProcess } from './host/remedies';
import { settings, shouldReveal } from './host/settings';
import { runStopCommand } from './host/stopCommand';
import { SaveGuard } from './host/terminals/saveGuard';
import { taskType } from './host/terminals/task';
import { ServiceTaskProvider } from './host/terminals/taskProvider';
import { TaskTerminals } from './host/terminals/taskTerminals';
import { variablesOf } from './host/variables';
import { systemClock as clock } from './os/clock';
import { createFiles } from './os/files';
import { createTerminalTap } from './os/terminalTap';
import { createPortOwners } from './os/portOwners';
import { createPortTable } from './os/portTable/index';
import { createProber } from './os/probes/index';
import { createProcessTable } from './os/processTable/index';
import { createProcessTrees } from './os/trees/index';
import { ConfigDiagnostics } from './views/configDiagnostics';
import { pickAction } from './views/pick';
import { ServicesTree } from './views/servicesTree';
import { StatusBar } from './views/statusBar';

type Diagnose = (id: string) => Promise<readonly Finding[]>;

type Own = <T extends vscode.Disposable>(disposable: T) => T;

/** The parts that the rest is made of. */
interface Parts {
  readonly world: World;
  readonly terminals: TaskTerminals;
  readonly log: vscode.LogOutputChannel;
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly files: ConfigFiles;
  /** Settles when the files were read and what runs was adopted. */
  readonly ready: Promise<void>;
}

export function activate(context: vscode.ExtensionContext): ServiceLifecycleApi {
  const own: Own = (disposable) => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const parts = connect(context, own);
  const { store, supervisor, world, files, ready } = parts;
  const diagnose: Diagnose = async (id) => (await diagnosis()).diagnose(id, diagnosisParts(parts));
  const api = own(new Api(store, supervisor, clock, diagnose));
  const tree = own(new ServicesTree(store, clock));
  own(new StatusBar(store, clock));
  registerHandlers(parts, tree, diagnose, own);
  registerRemedies(parts, own);
  const starter = { ready: () => ready, specs: () => specs(store), start: (id: string) => api.start(id) };
  own(vscode.tasks.registerTaskProvider(taskType, new ServiceTaskProvider(starter, world.ledger, world.processes)));
  own(vscode.workspace.onDidSaveTextDocument(({ uri }) => supervisor.fileSaved(uri.fsPath)));
  const autoStart = async (): Promise<void> => {
    await ready;
    for (const { id } of await consentToAutoStart(specs(store), context.workspaceState)) supervisor.start(id, 'auto');
  };
  void autoStart();
  own(vscode.workspace.onDidGrantWorkspaceTrust(() => void files.read().then(autoStart)));
  return api;
}

/** Services go on: what runs is found again by the next window. */
export function deactivate(): void {
  // Everything is disposed of with the context's subscriptions.
}

const specs = (store: Store) => store.services().map(({ spec }) => spec);

function connect(context: vscode.ExtensionContext, own: Own): Parts {
  const log = own(vscode.window.createOutputChannel('Services', { log: true }));
  const ledger = new FileLedger(vscode.Uri.joinPath(context.globalStorageUri, 'runs').fsPath, log);
  const processTable = createProcessTable();
  const saveGuard = new SaveGuard(context.globalState);
  void saveGuard.recover();
  const terminals = own(
    new TaskTerminals(
      { processes: processTable, tap: createTerminalTap(), log },
      saveGuard,
      (...started) => void receive(...started),
    ),
  );
  const world: World = { ...systemParts(processTable), ...hostParts(own), ledger, log, terminals, processes: processTable };
  const store = new Store();
  const supervisor = own(new Supervisor(store, world));
  const adoption = { ledger, processes: processTable, supervisor, log };
  /** A task process that this window did not start: reconnected after a reload, or run again by the person. */
  const receive = async (id: string, pid: number, execution: vscode.TaskExecution): Promise<void> => {
    await ready;
    const spec = store.get(id)?.spec;
    if (spec === undefined || terminals.reconnect(id, pid, execution)) return;
    const outcome = await adoptNewcomer({ spec, pid, run: world.newRun() }, adoption, clock);
    if (outcome !== 'copy') return;
    log.warn(`${id}: a second copy (pid ${pid}) was started beside the running one, and is ended.`);
    execution.terminate();
  };
  const files = readConfiguration(store, world, own);
  own(files.onDidRead(() => void ready.then(() => adoptRunning(specs(store), adoption))));
  const ready = files.read().then(() => adoptRunning(specs(store), adoption));
  return { world, terminals, log, store, supervisor, files, ready };
}

function systemParts(processTable: ReturnType<typeof createProcessTable>) {
  const portTable = createPortTable();
  const trees = createProcessTrees({ processTable, portTable, clock });
  return {
    ...{ clock, portTable, trees },
    portOwners: createPortOwners({ processTable, portTable }),
    prober: createProber({ clock, processTable, processTrees: trees }),
    newRun: randomUUID,
    chance: Math.random,
    stopsByTyping: process.platform === 'win32',
  };
}

type HostParts =
  'preflight' | 'shouldReveal' | 'folderOf' | 'runStopCommand' | 'askAboutPort' | 'offerPort' | 'isPausedInDebugger';

function hostParts(own: Own): Pick<World, HostParts> {
  const preflight = new FilePreflight(variablesOf, () => vscode.workspace.isTrusted);
  const pauses = own(new DebugPauses());
  return {
    ...{ preflight, askAboutPort },
    shouldReveal,
    folderOf: (spec) => folderOf(spec, variablesOf(spec)),
    runStopCommand: (spec, command) => runStopCommand(spec, command, preflight),
    offerPort: (spec, port) => void offerPort(spec, port),
    isPausedInDebugger: () => settings().waitForDebugger && pauses.any,
  };
}

function readConfiguration(store: Store, world: World, own: Own): ConfigFiles {
  const files = own(new ConfigFiles());
  const diagnostics = own(new ConfigDiagnostics());
  const report = async (file: ConfigFile): Promise<void> => {
    diagnostics.report(file.uri, file.text, [...file.problems, ...(await launchProblems(file, world.preflight))]);
  };
  own(
    files.onDidRead((read) => {
      const parsed = read.map((file) => ({ ...file, unreadable: file.problems.some(({ code }) => code === 'syntax') }));
      store.configure(configurationOf(parsed, store.services()));
      setContext('hasConfig', read.length > 0);
      setContext('isEmpty', store.services().length + store.broken().length === 0);
      setContext('isRead', true);
      for (const file of read) void report(file);
    }),
  );
  return files;
}

/** What the `when` clauses of package.json ask for. */
const setContext = (key: 'isRead' | 'hasConfig' | 'isEmpty', value: boolean): void =>
  void vscode.commands.executeCommand('setContext', `serviceLifecycle.${key}`, value);

/** The part of a diagnosis that is loaded when one is asked for. */
const diagnosis = () => import('./app/diagnose');

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
  };
}

function registerRemedies(parts: Parts, own: Own): void {
  const { world, store } = parts;
  const facts = diagnosisParts(parts);
  const command = (name: string, handler: (...args: unknown[]) => unknown): void =>
    void own(vscode.commands.registerCommand(`serviceLifecycle.${name}`, handler));
  command('stopProcess', (identity) => stopProcess(identity, world));
  command('resumeProcess', (identity) => resumeProcess(identity, world));
  command('runInTerminal', runInTerminal);
  command('openFile', openFile);
  command('setPort', (id, port) => {
    const spec = typeof id === 'string' ? store.get(id)?.spec : undefined;
    return spec === undefined || typeof port !== 'number' ? undefined : writePort(spec, port);
  });
  command('copyReport', async (id) => {
    if (typeof id !== 'string' || store.get(id) === undefined) return;
    await vscode.env.clipboard.writeText(await (await diagnosis()).diagnosisReport(id, facts));
    void vscode.window.showInformationMessage('The report is in the clipboard, without secrets.');
  });
}

function registerHandlers(parts: Parts, tree: ServicesTree, diagnose: Diagnose, own: Own): void {
  const { store, supervisor, terminals, world, log } = parts;
  own(
    registerCommands({
      services: () => store.services(),
      get: (id) => store.get(id),
      focusedId: () => tree.focusedId(),
      start: (id) => supervisor.start(id),
      stop: (id) => supervisor.stop(id),
      stopAll: () => stopAll(store, supervisor, clock),
      restart: (id) => supervisor.restart(id),
      showTerminal: (id) => terminals.show(id, 'takeFocus'),
      open: async (service) => openInBrowser(project(service).url ?? ''),
      openConfig: (id) => openConfig(id === undefined ? undefined : store.get(id)?.spec),
      freePort: (port) => freePort(port, world),
      diagnose: async ({ spec }) => showFindings(spec.key, await diagnose(spec.id), [copyReport(spec.id)]),
      showLog: () => log.show(),
      pick: async (first) => {
        const choice = await pickAction(store.services(), first);
        if (choice !== undefined) await vscode.commands.executeCommand(choice.command, ...choice.arguments);
      },
    }),
  );
}
