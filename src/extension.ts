/** activate and deactivate: the composition root, nothing else. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { adoptNewcomer, adoptRunning } from './app/adoption';
import { configurationOf } from './app/configure';
import { Store } from './app/store';
import { Supervisor } from './app/supervisor';
import type { World } from './app/world';
import { registerCommands } from './commands/commands';
import { project } from './core/project';
import { Api } from './host/api';
import type { ServiceLifecycleApi } from './host/api';
import { consentToAutoStart } from './host/autoStart';
import { ConfigFiles } from './host/configFiles';
import type { ConfigFile } from './host/configFiles';
import { launchProblems } from './host/launchProblems';
import { FileLedger } from './host/ledger';
import { openConfig } from './host/openConfig';
import { openInBrowser } from './host/openInBrowser';
import { FilePreflight, folderOf } from './host/preflight';
import { settings } from './host/settings';
import { runStopCommand } from './host/stopCommand';
import { SaveGuard } from './host/terminals/saveGuard';
import { taskType } from './host/terminals/task';
import { ServiceTaskProvider } from './host/terminals/taskProvider';
import { TaskTerminals } from './host/terminals/taskTerminals';
import { variablesOf } from './host/variables';
import { systemClock as clock } from './os/clock';
import { createPortTable } from './os/portTable/index';
import { createProber } from './os/probes/index';
import { createProcessTable } from './os/processTable/index';
import { createProcessTrees } from './os/trees/index';
import { ConfigDiagnostics } from './views/configDiagnostics';
import { pickAction } from './views/pick';
import { ServicesTree } from './views/servicesTree';
import { StatusBar } from './views/statusBar';

export function activate(context: vscode.ExtensionContext): ServiceLifecycleApi {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const log = own(vscode.window.createOutputChannel('Services', { log: true }));
  const processes = createProcessTable();
  const ledger = new FileLedger(vscode.Uri.joinPath(context.globalStorageUri, 'runs').fsPath, log);
  const preflight = new FilePreflight(variablesOf, () => vscode.workspace.isTrusted);
  const saveGuard = new SaveGuard(context.globalState);
  const terminals = own(new TaskTerminals(processes, saveGuard, log, (...started) => void receive(...started)));
  const trees = createProcessTrees({ processTable: processes, portTable: createPortTable(), clock });
  const world: World = {
    ...{ trees, clock, ledger, log, preflight, processes, terminals },
    prober: createProber({ clock, processTable: processes, processTrees: trees }),
    newRun: randomUUID,
    reveal: (id, when) => reveal(terminals, id, when),
    folderOf: (spec) => folderOf(spec, variablesOf(spec)),
    runStopCommand: async (spec, command) => {
      const prepared = await preflight.prepare({ ...spec, command });
      if (prepared.ok) await runStopCommand(spec, prepared.launch, log);
    },
    stopsByTyping: process.platform === 'win32',
  };
  const store = new Store();
  const supervisor = own(new Supervisor(store, world));
  const api = own(new Api(store, supervisor, clock));
  const diagnostics = own(new ConfigDiagnostics());
  const tree = own(new ServicesTree(store, clock));
  own(new StatusBar(store, clock));

  const files = own(new ConfigFiles());
  own(files.onDidRead((read) => apply(read)));
  const apply = (read: readonly ConfigFile[]): void => {
    const parsed = read.map((file) => ({ ...file, unreadable: file.problems.some(({ code }) => code === 'syntax') }));
    store.configure(configurationOf(parsed, store.services()));
    void vscode.commands.executeCommand('setContext', 'serviceLifecycle.hasConfig', read.length > 0);
    for (const file of read) void report(file);
  };
  const report = async (file: ConfigFile): Promise<void> => {
    diagnostics.report(file.uri, file.text, [...file.problems, ...(await launchProblems(file, preflight))]);
  };
  const adoption = { ledger, processes, supervisor, log };
  /** A task process that this window did not start: reconnected after a reload, or run again by the person. */
  const receive = async (id: string, pid: number, execution: vscode.TaskExecution): Promise<void> => {
    await ready;
    const spec = store.get(id)?.spec;
    if (spec === undefined || terminals.reconnect(id, pid, execution)) return;
    const outcome = await adoptNewcomer({ spec, pid, run: world.newRun() }, adoption, clock);
    if (outcome === 'copy') {
      log.warn(`${id}: a second copy (pid ${pid}) was started beside the running one, and is ended.`);
      execution.terminate();
    }
  };
  const specs = () => store.services().map(({ spec }) => spec);
  const ready = files.read().then(() => adoptRunning(specs(), adoption));

  own(
    vscode.tasks.registerTaskProvider(
      taskType,
      new ServiceTaskProvider({ ready: () => ready, specs, start: (id) => api.start(id) }, ledger, processes),
    ),
  );
  own(
    registerCommands({
      services: () => store.services(),
      get: (id) => store.get(id),
      focusedId: () => tree.focusedId(),
      start: (id) => supervisor.start(id),
      stop: (id) => supervisor.stop(id),
      restart: (id) => supervisor.restart(id),
      showTerminal: (id) => terminals.show(id, 'takeFocus'),
      open: async (service) => openInBrowser(project(service).url ?? ''),
      openConfig: (id) => openConfig(id === undefined ? undefined : store.get(id)?.spec),
      showLog: () => log.show(),
      pick: async (first) => {
        const choice = await pickAction(store.services(), first);
        if (choice !== undefined) await vscode.commands.executeCommand(choice.command, ...choice.arguments);
      },
    }),
  );
  const autoStart = async (): Promise<void> => {
    await ready;
    for (const { id } of await consentToAutoStart(specs(), context.workspaceState)) supervisor.start(id, 'auto');
  };
  void saveGuard.recover();
  void autoStart();
  own(vscode.workspace.onDidGrantWorkspaceTrust(() => void files.read().then(autoStart)));
  return api;
}

/** Services go on: what runs is found again by the next window. */
export function deactivate(): void {
  // Everything is disposed of with the context's subscriptions.
}

function reveal(terminals: TaskTerminals, id: string, when: 'started' | 'failed'): void {
  const { showTerminal } = settings();
  const wanted = showTerminal === 'always' || (showTerminal === 'onFailure' && when === 'failed');
  if (wanted) terminals.show(id, 'keepFocus');
}
