/** Makes the parts that are there from activation on, and connects them. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { adoptNewcomer, adoptRunning } from '../app/adoption';
import { configurationOf } from '../app/config/configure';
import { Store } from '../app/store';
import { Supervisor } from '../app/supervisor';
import type { Sharing } from '../app/sharing/sharing';
import type { World } from '../app/world';
import type { ServiceSpec } from '../core/model/service';
import { askAboutPort } from '../host/ports/askAboutPort';
import { ConfigFiles } from '../host/config/configFiles';
import type { ConfigFile } from '../host/config/configFiles';
import { DebugPauses } from '../host/debug/debugPauses';
import { launchProblems } from '../app/config/launchProblems';
import { offerPort } from '../host/ports/offerPort';
import { FilePreflight, folderOf } from '../os/launch/preflight';
import { settings, shouldReveal } from '../host/config/settings';
import { runStopCommand } from '../os/launch/stopCommand';
import { SaveGuard } from '../host/terminals/saveGuard';
import { TaskTerminals } from '../host/terminals/taskTerminals';
import { variablesOf } from '../host/config/variables';
import { systemClock as clock } from '../os/clock';
import { createTerminalTap } from '../os/terminalTap';
import { createPortOwners } from '../os/portOwners';
import { createPortTable } from '../os/portTable/index';
import { createProber } from '../os/probes/index';
import { createProcessTable } from '../os/processTable/index';
import { runOf } from '../os/processTable/runOf';
import { createProcessTrees } from '../os/trees/index';
import { ConfigDiagnostics } from '../views/configDiagnostics';
import { setupSteps } from './setup';
import { createShared } from './sharing';
import type { Shared } from './sharing';

/** Hands something over to be disposed of with the extension. */
export type Own = <T extends vscode.Disposable>(disposable: T) => T;

/** The parts that the rest is made of. */
export interface Parts {
  readonly world: World;
  readonly terminals: TaskTerminals;
  readonly log: vscode.LogOutputChannel;
  readonly store: Store;
  readonly supervisor: Supervisor;
  /** How this window works together with others of its folders. */
  readonly sharing: Sharing;
  readonly shared: Shared;
  readonly files: ConfigFiles;
  /** What VS Code keeps for the workspace and for the extension. */
  readonly context: Pick<vscode.ExtensionContext, 'workspaceState' | 'storageUri' | 'globalStorageUri'>;
  /** Settles when the files were read and what runs was adopted, here or in the window that supervises it. */
  readonly ready: Promise<void>;
  /** Fires with each folder that this window begins to supervise. */
  readonly onDidLead: vscode.Event<string>;
}

export const specs = (store: Store): readonly ServiceSpec[] => store.services().map(({ spec }) => spec);

export function connect(context: vscode.ExtensionContext, own: Own): Parts {
  const log = own(vscode.window.createOutputChannel('Services', { log: true }));
  const processTable = createProcessTable();
  const saveGuard = new SaveGuard(context.globalState);
  void saveGuard.recover();
  const terminals = own(
    new TaskTerminals(
      { processes: processTable, runOf, tap: createTerminalTap(), log },
      saveGuard,
      (...started) => void receive(...started),
    ),
  );
  const base = { ...systemParts(processTable), processes: processTable, log };
  const shared = createShared({ ...base, context, terminals }, own);
  const steps = setupSteps({ ...base, context, saveGuard, ownWindow: shared.window }, own);
  const store = new Store();
  const led = own(new vscode.EventEmitter<string>());
  const sharing = shared.share({ ...base, store, askAboutPort, led: (folder) => led.fire(folder) });
  const world: World = {
    ...{ ...base, ...hostParts(own), steps },
    ...{ ledger: shared.ledger, terminals: shared.terminals },
    askAboutPort: (spec, owners) => sharing.askAboutPort(spec, owners),
  };
  const supervisor = own(new Supervisor(store, world, sharing));
  const adoption = { ledger: shared.ledger, processes: processTable, supervisor, log };
  /** A task process that this window did not start: reconnected after a reload, or run again by the person. */
  const receive = async (id: string, pid: number, execution: vscode.TaskExecution): Promise<void> => {
    await ready;
    const spec = store.get(id)?.spec;
    if (spec === undefined || terminals.reconnect(id, pid, execution)) return;
    if (sharing.follows(spec)) {
      log.info(`${id}: pid ${pid} was started in this window and is ended; the window that supervises the service restarts it.`);
      execution.terminate();
      supervisor.restart(id);
      return;
    }
    const outcome = await adoptNewcomer({ spec, pid, run: world.newRun() }, adoption, clock);
    if (outcome !== 'copy') return;
    log.warn(`${id}: a second copy (pid ${pid}) was started beside the running one, and is ended.`);
    execution.terminate();
  };
  const files = readConfiguration(store, world, own);
  const share = (): Promise<void> => sharing.share(folders(), supervisor);
  const adopt = async (): Promise<void> => {
    await ready;
    await share();
    await adoptRunning(
      specs(store).filter((spec) => sharing.leads(spec)),
      adoption,
    );
  };
  own(files.onDidRead(() => void adopt()));
  const ready = files.read().then(share);
  return { world, terminals, log, store, supervisor, sharing, shared, files, context, ready, onDidLead: led.event };
}

const folders = (): readonly string[] => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);

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

type HostParts = 'preflight' | 'shouldReveal' | 'folderOf' | 'runStopCommand' | 'offerPort' | 'isPausedInDebugger';

function hostParts(own: Own): Pick<World, HostParts> {
  const preflight = new FilePreflight(variablesOf, () => vscode.workspace.isTrusted);
  const pauses = own(new DebugPauses());
  return {
    preflight,
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
