/** The entry points of the extension: the composition root of the parts that exist from activation on. */
import './composition/language';
import * as vscode from 'vscode';
import { showTerminal } from './app/showTerminal';
import { restartAll, stopAll } from './app/stopAll';
import { restartTogether, startTogether, stopTogether } from './app/together';
import type { Service } from './core/lifecycle/state';
import { isUntouched } from './core/lifecycle/startPermission';
import { toSnapshot } from './core/snapshot/toSnapshot';
import { registerCommands } from './commands/commands';
import { DeferredBundle } from './composition/deferredBundle';
import { WebviewsBundle } from './composition/webviewsBundle';
import { externalUrlOf } from './composition/externalUrl';
import { connect, specs } from './composition/parts';
import type { Later, Own, Parts } from './composition/parts';
import { answerQuestion, askForAutoStart } from './composition/questions';
import { Api } from './host/api/api';
import type { Answers, ServiceLifecycleApi } from './host/api/api';
import { offerTrust } from './host/consent/offerTrust';
import { registerTools } from './host/agents/registerTools';
import type { ConfigFile } from './host/config/configFiles';
import { openBrokenFile, openConfig } from './host/config/openConfig';
import { openInBrowser } from './host/ports/openInBrowser';
import { taskType } from './host/terminals/task';
import { ServiceTaskProvider } from './host/terminals/taskProvider';
import { systemClock as clock } from './os/clock';
import { ServicesTree } from './views/servicesTree';
import { StatusBar } from './views/statusBar';

/** Counts from when the files are read. Until then starts and the first drawing go first; afterwards the bundle is loaded anyway. */
const deferredLoadDelayMs = 1000;

/** A window counts as being opened for this long. */
const openingMs = 15_000;

export function activate(context: vscode.ExtensionContext): ServiceLifecycleApi {
  const own: Own = (disposable) => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const later: Later = {
    containers: () => import('./composition/containers'),
    chosenPorts: () => import('./composition/chosenPorts'),
    laterProblems: async (file) => (mayHaveProblems(file) ? (await deferred.load()).laterProblems(file) : []),
    useFreePort: (id) => void deferred.load().then((loaded) => loaded.useFreePort(id)),
    offerPort: (spec, port) => void deferred.load().then((loaded) => loaded.offerPort(spec, port)),
  };
  const parts = connect(context, later, own);
  const { store, supervisor, world, ready } = parts;
  const deferred = new DeferredBundle(async (viewContext) => {
    const { complete } = await import('./composition/deferred');
    const loaded = complete(parts, own, viewContext);
    own(api.connect(loaded.output));
    return loaded;
  });
  parts.agents.connect(async () => {
    const { connectAgents } = await import('./composition/agents');
    return connectAgents(parts, await deferred.load());
  });
  own(registerTools(() => parts.agents.load()));
  const webviews = new WebviewsBundle(async () => {
    const { createWebviews } = await import('./composition/webviews');
    await ready;
    return createWebviews(parts, await deferred.load(), own);
  });
  own(webviews.restore('serviceLifecycle.logs', ({ log }) => log));
  own(webviews.restore('serviceLifecycle.dashboard', ({ dashboard }) => dashboard));
  const answers: Answers = {
    diagnose: async (id) => (await deferred.load()).diagnose(id),
    runChecks: async (id) => (await deferred.load()).runChecks(id),
    discover: async (folder) => (await deferred.load()).discover(folder),
    logs: async (id, options) => (await deferred.load()).output.logs(id, options),
  };
  const api = own(new Api(store, supervisor, clock, answers));
  const tree = own(
    new ServicesTree(store, clock, {
      tooltips: { diagnose: answers.diagnose, externalUrl: externalUrlOf },
      memory: context.workspaceState,
      details: async () => (await deferred.load()).rowDetails,
    }),
  );
  deferred.connect({
    ...{ isViewVisible: () => tree.isVisible, onDidShowView: tree.onDidShow, isAwaited: (id) => api.isAwaited(id) },
    rows: { draw: (rows) => tree.draw(rows), reveal: (id) => tree.reveal(id) },
  });
  own(new StatusBar(store, clock));
  registerHandlers(parts, tree, { deferred, webviews }, own);
  const starter = { ready: () => ready, specs: () => specs(store), start: (id: string) => api.start(id) };
  own(vscode.tasks.registerTaskProvider(taskType, new ServiceTaskProvider(starter, world.ledger, world.processes)));
  own(vscode.workspace.onDidSaveTextDocument(({ uri }) => supervisor.fileSaved(uri.fsPath)));
  startAutomatically(parts, own);
  void ready.then(() => own(clock.after(deferredLoadDelayMs, () => void deferred.load())));
  return api;
}

function startAutomatically(parts: Parts, own: Own): void {
  const { ready, sharing, files, onDidLead } = parts;
  // The window that supervises a folder starts its services: what was stopped there stays stopped.
  const autoStart = async (which?: (service: Service) => boolean): Promise<void> => {
    await ready;
    await askForAutoStart(parts, 'notify', which);
  };
  void autoStart();
  const opened = clock.elapsed();
  // After a reload the previous extension host may supervise for a moment longer.
  const led = (folder: string): void => {
    if (clock.elapsed() - opened < openingMs)
      void autoStart((service) => service.spec.folder === folder && isUntouched(service.state));
  };
  void ready.then(() => own(onDidLead(led)));
  const trusted = async (): Promise<void> => {
    sharing.wake();
    await files.read();
    await autoStart();
  };
  own(vscode.workspace.onDidGrantWorkspaceTrust(() => void trusted()));
}

/** Services keep running: the next window adopts them. */
export function deactivate(): void {
  // VS Code disposes of the context's subscriptions.
}

/** What is loaded on first use. */
interface Bundles {
  readonly deferred: DeferredBundle;
  readonly webviews: WebviewsBundle;
}

function registerHandlers(parts: Parts, tree: ServicesTree, { deferred, webviews }: Bundles, own: Own): void {
  const { store, supervisor, log } = parts;
  const together = { store, supervisor, clock };
  own(
    registerCommands({
      services: () => store.services(),
      get: (id) => store.get(id),
      focusedId: () => tree.focusedRow()?.id,
      focusedRow: () => tree.focusedRow(),
      selectedId: () => tree.selectedId,
      start: (id) => supervisor.start(id),
      stop: (id) => supervisor.stop(id),
      stopAll: () => stopAll(store, supervisor, clock),
      restartAll: () => restartAll(store, supervisor, clock),
      restart: (id) => supervisor.restart(id),
      startTogether: (ids) => startTogether(ids, together),
      stopTogether: (ids) => stopTogether(ids, together),
      restartTogether: (ids) => restartTogether(ids, together),
      showTerminal: (id, focus) => showTerminal(id, focus, parts),
      open: async (service) => openInBrowser(toSnapshot(service).url ?? ''),
      addServices: async () => (await deferred.load()).addServices(),
      openConfig: (id) => openConfig(id === undefined ? undefined : store.get(id)?.spec),
      openBrokenFile: async (folder) => {
        const file = store.brokenFiles().find((each) => each.folder === folder);
        if (file !== undefined) await openBrokenFile(file);
      },
      freePort: async (port) => (await deferred.load()).freePort(port),
      answer: (service) => answerQuestion(service, parts),
      diagnose: async (service) => (await deferred.load()).showDiagnosis(service),
      runChecks: async (service) => (await deferred.load()).showChecks(service),
      runCommand: async (service, name) => {
        const { commands } = await deferred.load();
        const { signal } = new AbortController();
        return commands.run({ service, name, by: 'user', signal }, () => commands.show(service, name, 'keepFocus'));
      },
      showCommand: async (service, name) => void (await deferred.load()).commands.show(service, name, 'takeFocus'),
      debug: async (service) => (await deferred.load()).debug(service),
      showFindings: async (name, findings) => (await deferred.load()).showFindings(name, findings),
      showLog: () => log.show(),
      filter: async () => (await deferred.load()).askForFilter(tree),
      clearFilter: () => tree.filter(''),
      groupBy: async () => (await deferred.load()).pickGrouping(),
      openDashboard: async () => (await webviews.load()).dashboard.open('all'),
      showLogs: async (ids) => (await webviews.load()).log.open(ids),
      isTrusted: () => vscode.workspace.isTrusted,
      offerTrust,
      setUpAgents: async () => (await deferred.load()).setUpAgents(),
      pick: async (first) => (await deferred.load()).pick(first),
    }),
  );
}

/** The other values of services.json are checked when it is read. */
const mayHaveProblems = ({ services }: ConfigFile): boolean =>
  services.some(({ debug, stopSignal }) => debug !== undefined || (process.platform === 'win32' && stopSignal !== 'SIGINT'));
