/** Creates the parts that exist from activation on, and connects them. */
import { createHash, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { EngineReturn } from '../app/engineReturn';
import { adoptContainers, adoptNewcomer, adoptRunning, forgetDeleted } from '../app/adoption';
import type { WorkspacePlace } from '../app/adoption';
import { configurationOf } from '../app/config/configure';
import type { UsageReader } from '../app/history/ports';
import { Store } from '../app/store';
import { ProbeRounds } from '../app/run/probeRounds';
import { Supervisor } from '../app/supervisor';
import type { Sharing } from '../app/sharing/sharing';
import type { Checker, StepTerminals } from '../app/ports';
import type { World } from '../app/world';
import type { Service } from '../core/lifecycle/state';
import type { ServiceSpec } from '../core/model/service';
import { askAboutPort } from '../host/ports/askAboutPort';
import type { UseFreePort } from '../host/ports/askAboutPort';
import { ConfigFiles, workspacePlaces } from '../host/config/configFiles';
import type { ConfigProblem } from '../core/config/problem';
import type { ConfigFile } from '../host/config/configFiles';
import { DebugSessions } from '../host/debug/debugSessions';
import { WindowAttention } from '../host/sharing/windowAttention';
import { launchProblems } from '../app/config/launchProblems';
import { FilePreflight, folderOf } from '../os/launch/preflight';
import { shouldReveal } from '../host/config/settings';
import { runStopCommand } from '../os/launch/stopCommand';
import { SaveGuard } from '../host/terminals/saveGuard';
import { TaskTerminals } from '../host/terminals/taskTerminals';
import { variablesOf } from '../host/config/variables';
import { systemClock as clock } from '../os/clock';
import { isFolderGone } from '../os/files';
import { createTerminalTap } from '../os/terminalTap';
import { createPortSight } from '../os/portSight';
import { createPortOwners } from '../app/portOwners';
import { createPortTable } from '../os/portTable/index';
import { createChecker } from '../os/probes/checker';
import { createProber } from '../os/probes/index';
import { createProcessTable } from '../os/processTable/index';
import { runOf } from '../os/processTable/runOf';
import { createProcessTrees } from '../os/trees/index';
import type { CommandEnders } from '../os/system/shellCommand';
import { ConfigDiagnostics } from '../views/configDiagnostics';
import { Consent } from '../app/consent/consent';
import { FileAgreements } from '../os/storage/agreements';
import { LogStore } from '../core/output/logStore';
import type { SharingParts } from '../app/sharing/sharing';
import { AgentsBundle } from './agentsBundle';
import { ContainersBundle } from './containersBundle';
import type { ContainersModule } from './containersBundle';
import { ChosenPortsBundle } from './chosenPortsBundle';
import type { ChosenPortsModule } from './chosenPortsBundle';
import { setupSteps } from './setup';
import { createShared } from './sharing';
import type { Shared } from './sharing';

/** Registers a disposable, which is disposed of with the extension. */
export type Own = <T extends vscode.Disposable>(disposable: T) => T;

/** The parts that everything else is built on. */
export interface Parts extends CreatedParts {
  /** Settles when the files are read and the running services are adopted. */
  readonly ready: Promise<void>;
}

interface CreatedParts {
  readonly world: World;
  readonly terminals: TaskTerminals;
  /** The terminals of setup steps and one-off commands. */
  readonly stepTerminals: StepTerminals;
  readonly log: vscode.LogOutputChannel;
  readonly store: Store;
  readonly supervisor: Supervisor;
  /** How this window works together with others of its folders. */
  readonly sharing: Sharing;
  readonly consent: Consent;
  readonly shared: Shared;
  readonly files: ConfigFiles;
  /** What a start needs, and the values of env files. */
  readonly preflight: FilePreflight;
  /** Loads what it needs. */
  readonly useFreePort: UseFreePort;
  /** What agents use, loaded when one does. */
  readonly agents: AgentsBundle;
  /** What the services have written. */
  readonly logs: LogStore;
  readonly debuggers: DebugSessions;
  /** What processes use. */
  readonly usage: UsageReader;
  /** Speaks HTTP as the prober of the world does: what does so is in this bundle, once. */
  readonly checker: Checker;
  /** The storage that VS Code gives the extension, for the workspace and for all. */
  readonly context: Pick<
    vscode.ExtensionContext,
    'workspaceState' | 'storageUri' | 'globalStorageUri' | 'extensionPath' | 'environmentVariableCollection' | 'extension'
  >;
  /** Fires for each task process that this window did not start. */
  readonly onForeignTask: vscode.Event<ForeignTask>;
  /** Fires with each folder that this window begins to supervise. */
  readonly onDidLead: vscode.Event<string>;
}

/** A task process that this window did not start: it survived a reload, or the user ran the task again. */
interface ForeignTask {
  readonly id: string;
  readonly pid: number;
  readonly execution: vscode.TaskExecution;
}

export const specs = (store: Store): readonly ServiceSpec[] => store.services().map(({ spec }) => spec);

/** What is loaded on first use. */
export interface Later {
  containers(): Promise<ContainersModule>;
  readonly chosenPorts: () => Promise<ChosenPortsModule>;
  readonly offerPort: World['offerPort'];
  readonly useFreePort: UseFreePort;
  readonly laterProblems: LaterProblems;
}

/** Finds values that mean nothing here: names in "debug", signals on Windows. */
type LaterProblems = (file: ConfigFile) => Promise<readonly ConfigProblem[]>;

export function connect(context: vscode.ExtensionContext, later: Later, own: Own): Parts {
  return wire(createParts(context, later, own), own);
}

function createParts(context: vscode.ExtensionContext, later: Later, own: Own): CreatedParts {
  const log = own(vscode.window.createOutputChannel('Services', { log: true }));
  const processTable = createProcessTable();
  const saveGuard = new SaveGuard(context.globalState);
  void saveGuard.recover();
  const foreignTask = own(new vscode.EventEmitter<ForeignTask>());
  const tap = createTerminalTap();
  const terminals = own(
    new TaskTerminals({ processes: processTable, runOf, tap, log }, saveGuard, (id, pid, execution) =>
      foreignTask.fire({ id, pid, execution }),
    ),
  );
  const base = { ...systemParts(processTable), processes: processTable, log };
  const store = new Store();
  const shared = createShared({ ...base, context, terminals }, own);
  const { preflight, containers } = launchParts(later, own);
  const { steps, stepTerminals } = setupSteps({ ...base, preflight, context, saveGuard, tap, ownWindow: shared.window }, own);
  const led = own(new vscode.EventEmitter<string>());
  const agents = new AgentsBundle();
  const openForAgent: SharingParts['openForAgent'] = (connection, first) => agents.open(connection, first);
  const { useFreePort } = later;
  const ask: SharingParts['askAboutPort'] = (spec, owners) => askAboutPort(spec, owners, useFreePort);
  const window = { askAboutPort: ask, placeOf, led: (folder: string) => led.fire(folder), openForAgent };
  const sharing = shared.share({ ...base, store, ...window });
  const sight = createPortSight({ processTable, portTable: base.portTable });
  const consent = consentIn(context, { preflight, log }, own);
  const logs = new LogStore();
  const directory = vscode.Uri.joinPath(context.globalStorageUri, 'ports').fsPath;
  const chosenPorts = new ChosenPortsBundle(later.chosenPorts, { ...base, store, directory });
  const debuggers = own(new DebugSessions());
  const world: World = {
    ...base,
    ...{ logs, containers, consent, steps, chosenPorts, debuggers, offerPort: later.offerPort },
    ...hostParts(preflight, { processTable, processTrees: base.trees }),
    probeRounds: new ProbeRounds(),
    attention: own(new WindowAttention(() => sharing.hasFollowers)),
    ledger: shared.ledger,
    terminals: shared.terminals,
    portOwners: createPortOwners(sight, { store, ledger: shared.ledger, processes: processTable }),
    askAboutPort: (spec, owners) => sharing.askAboutPort(spec, owners),
  };
  const supervisor = own(new Supervisor(store, world, sharing));
  const files = readConfiguration(store, { ...world, chosenPorts, laterProblems: later.laterProblems }, own);
  return {
    ...{ world, terminals, stepTerminals, log, store, supervisor, sharing },
    ...{ shared, consent, files, preflight, context, logs, agents, debuggers, useFreePort },
    ...{ onForeignTask: foreignTask.event, onDidLead: led.event },
    checker: createChecker(),
    usage: processTable,
  };
}

function wire(parts: CreatedParts, own: Own): Parts {
  const { world, terminals, log, store, supervisor, sharing, files, onForeignTask } = parts;
  const adoption = { clock, ledger: world.ledger, processes: world.processes, store, supervisor, log };
  const share = (): Promise<void> =>
    sharing.share(
      workspacePlaces().map(({ folder }) => folder),
      supervisor,
    );
  const ready = files.read().then(share);
  const adopt = async (): Promise<void> => {
    await ready;
    await share();
    await adoptRunning(
      workspacePlaces().filter(({ folder }) => sharing.leads({ folder })),
      adoption,
    );
    await adoptContainers((spec) => sharing.leads(spec), { ...world, ...adoption });
  };
  own(files.onDidRead(() => void adopt()));
  own(parts.onDidLead(() => void adopt()));
  own(new EngineReturn({ ...adoption, containers: world.containers, leads: (spec) => sharing.leads(spec) }));
  void ready.then(() => forgetDeleted(adoption, isFolderGone));
  const receive = async ({ id, pid, execution }: ForeignTask): Promise<void> => {
    await ready;
    const spec = (store.get(id) ?? ofProcess(store, pid))?.spec;
    if (spec === undefined || terminals.reconnect(spec.id, pid, execution)) return;
    if (sharing.follows(spec)) {
      log.info(`${id}: pid ${pid} was started in this window and is ended; the window that supervises the service restarts it.`);
      execution.terminate();
      supervisor.restart(spec.id);
      return;
    }
    const outcome = await adoptNewcomer({ spec, pid, run: world.newRun() }, adoption);
    if (outcome !== 'copy') return;
    log.warn(`${id}: a second copy (pid ${pid}) was started next to the running one and is ended.`);
    execution.terminate();
  };
  own(onForeignTask((task) => void receive(task)));
  return { ...parts, ready };
}

/** Finds the service by its process: a task keeps the id that its service had at the start. */
const ofProcess = (store: Store, pid: number): Service | undefined =>
  store.services().find(({ state: { lifecycle } }) => 'process' in lifecycle && lifecycle.process?.pid === pid);

function launchParts(later: Later, own: Own): { readonly preflight: FilePreflight; readonly containers: World['containers'] } {
  const bundle = new ContainersBundle(() => later.containers());
  const preflight = new FilePreflight(variablesOf, () => vscode.workspace.isTrusted, bundle.findCompose);
  return { preflight, containers: own(bundle.containers({ preflight, clock })) };
}

function consentIn(
  { globalStorageUri }: Pick<vscode.ExtensionContext, 'globalStorageUri'>,
  { preflight, log }: Pick<CreatedParts, 'preflight' | 'log'>,
  own: Own,
): Consent {
  const memory = own(new FileAgreements(vscode.Uri.joinPath(globalStorageUri, 'consent').fsPath, { log, clock }));
  return new Consent({ preflight, memory, hash: (text) => createHash('sha256').update(text).digest('hex') });
}

const placeOf = (folder: string): WorkspacePlace | undefined => workspacePlaces().find((place) => place.folder === folder);

function systemParts(processTable: ReturnType<typeof createProcessTable>) {
  const portTable = createPortTable();
  const trees = createProcessTrees({ processTable, portTable, clock });
  return {
    clock,
    portTable,
    trees,
    prober: createProber({ clock, processTable, processTrees: trees }),
    newRun: randomUUID,
    chance: Math.random,
    stopsByTyping: process.platform === 'win32',
  };
}

type HostParts = 'preflight' | 'shouldReveal' | 'folderOf' | 'runStopCommand';

function hostParts(preflight: FilePreflight, enders: CommandEnders): Pick<World, HostParts> {
  return {
    preflight,
    shouldReveal,
    folderOf: (spec) => folderOf(spec, variablesOf(spec)),
    runStopCommand: (spec, command) => runStopCommand(spec, command, preflight, enders),
  };
}

function readConfiguration(
  store: Store,
  world: World & { readonly chosenPorts: ChosenPortsBundle; readonly laterProblems: LaterProblems },
  own: Own,
): ConfigFiles {
  const files = own(new ConfigFiles((read) => world.chosenPorts.prepare(read)));
  // What is running keeps its row and its commands when its file is deleted.
  own(store.onDidChange((change) => change === 'all' && setContext('hasServices', store.services().length > 0)));
  const diagnostics = own(new ConfigDiagnostics());
  const report = async (file: ConfigFile): Promise<void> => {
    const problems = [...file.problems, ...(await launchProblems(file, world.preflight)), ...(await world.laterProblems(file))];
    // The file may be gone, or have changed, since.
    if (files.latest.includes(file)) diagnostics.report(file.uri, file.text, problems);
  };
  own(
    files.onDidRead((read) => {
      store.configure(configurationOf(read, { services: store.services(), configuration: store.configuration }));
      setContext('hasConfig', read.length > 0);
      setContext('isEmpty', store.services().length + store.broken().length + store.brokenFiles().length === 0);
      setContext('isRead', true);
      diagnostics.retain(read.map(({ uri }) => uri));
      for (const file of read) void report(file);
    }),
  );
  return files;
}

/** Sets a context key of the `when` clauses in package.json. */
const setContext = (key: 'isRead' | 'hasConfig' | 'isEmpty' | 'hasServices', value: boolean): void =>
  void vscode.commands.executeCommand('setContext', `serviceLifecycle.${key}`, value);
