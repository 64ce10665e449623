/** Collects all facts of one service in parallel, within one deadline. */
import { isOwnTrace } from '../../core/diagnosis/ownTraces';
import { filterOutput } from '../../core/output/runOutput';
import type { RunOutput } from '../../core/output/runOutput';
import { linesOf } from '../../core/diagnosis/output';
import { commandOf } from '../../core/diagnosis/queries';
import { realPorts } from '../../core/diagnosis/realPorts';
import type { Facts, Neighbour, ProbeFacts, RuntimeFacts } from '../../core/diagnosis/facts';
import { references } from '../../core/diagnosis/references';
import { defined } from '../../core/model/defined';
import { t } from '../../core/wording/l10n';
import type { Reading } from '../../core/model/process';
import { upTo } from '../../core/workspaceFiles/paths';
import { known, unavailable } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import type { Lifecycle, Service } from '../../core/lifecycle/state';
import { askInspectors } from '../debug/inspectors';
import { readCheckouts } from './checkouts';
import type { Deadline } from './deadline';
import { readFiles } from './fileFacts';
import { readModules, readPython } from './interpreters';
import { readLocalNames } from './localNames';
import { readNamedPorts } from './namedPorts';
import type { LaunchPreparation } from '../ports';
import type { DiagnosisParts } from './parts';
import { readOtherServer } from './otherServer';
import { readPidFile } from './pidFile';
import { readPort } from './portFacts';
import { readClients } from './clientFacts';
import { findRespondingPath, probeAddresses, probeOwn } from './probeFacts';
import { readProxied } from './proxied';
import { readScripts } from './scripts';
import { readTerminalProcesses } from './terminalFacts';
import { readMembers, readOwnListeners, readProcesses } from './treeFacts';

export async function collect(service: Service, parts: DiagnosisParts, deadline: Deadline): Promise<Facts> {
  const { spec, state } = service;
  const { world, files } = parts;
  const cwd = world.folderOf(spec);
  const others = neighbours(service, parts);
  const port = readPort(spec, state.lifecycle, world);
  const members = readMembers(state.lifecycle, world.trees);
  const read = deadline.read.bind(deadline);
  const written = parts.output(service).then((output) => filterOutput(output, (line) => !isOwnTrace(line)));
  const outputRead = read(t('Output'), written.then(asReading));
  const prepared = world.preflight.prepare(spec);
  const clients = readClients(service, world.portTable);
  const filesRead = read(t('Files'), readFiles(spec, cwd, others, files));
  const probes = readProbes(service, parts, deadline);
  const ownListeners = readOwnListeners(members, world.portTable);
  const readings = {
    listeners: read(t('Port listeners'), port.listeners),
    owners: read(t('Port owners'), port.owners),
    forbidden: read(t('Port permission'), port.forbidden),
    members: read(t('Processes'), members),
    ownListeners: read(t('Ports of the service'), ownListeners),
    inspectors: read(t('Debuggers'), inspectorsOf(spec, { members, ownListeners, outputRead }, parts, deadline)),
    processes: read(t('Process table'), readProcesses(port.listeners, clients, world.processes)),
    connections: read(t('Connections'), connectionsOf(spec, parts)),
    clients: read(t('Clients'), clients),
    checkouts: read(t('Repository'), readCheckouts(spec.folder, port.owners, files)),
    ...readWhatIsNamed({ spec, cwd }, outputRead, parts, read),
    environment: read(t('Environment'), environmentOf(prepared, parts)),
    inTerminals: read(t('Terminals'), terminalsOf(service, parts)),
    runtime: read(t('Runtime'), runtimeOf({ spec, cwd }, prepared, parts)),
  };
  const base = await settle(readings);
  const output = await outputRead;
  const linesBeforeHealthy = output.kind === 'known' ? (await written).linesBeforeHealthy : 0;
  const now = { at: world.clock.now(), ...defined({ moved: service.moved }) };
  const context = { ...now, spec, state, cwd, host: parts.host, output, linesBeforeHealthy, others };
  const { listeners, owners, forbidden, modules, inspectors, ...rest } = base;
  const run = 'run' in state.lifecycle ? state.lifecycle.run : undefined;
  const facts: Facts = {
    ...context,
    ...seenOf(run, parts),
    files: await filesRead,
    blockedSince: run === undefined ? known(undefined) : parts.blockedSince(run),
    ...rest,
    ...(inspectors.kind === 'known' ? { inspectors: inspectors.value } : {}),
    port: { listeners, owners, forbidden },
    probes: { own: unavailable(''), addresses: [] },
    modulesElsewhere: modules,
    earlierPorts: new Set(),
    ports: new Map(),
  };
  const earlierPorts = run === undefined ? new Set<number>() : parts.seenPorts.note(spec.id, run, realPorts(facts));
  // While a slow service is asked, which may take until shortly before the deadline.
  const named = references(facts);
  const [ports, proxied] = await Promise.all([
    readNamedPorts({ output, others, spec, references: named }, world, deadline),
    read(t('Proxies'), readProxied({ others, spec, references: named }, { ...world, files })),
  ]);
  return { ...facts, ports, proxied, earlierPorts, probes: await probes };
}

/** Asks the service. Begins at once, and settles within the deadline. */
async function readProbes(service: Service, { world }: DiagnosisParts, deadline: Deadline): Promise<ProbeFacts> {
  const { spec, state } = service;
  const signal = (): AbortSignal => deadline.signal();
  const addresses = probeAddresses(spec, state.lifecycle, world.prober, signal).then(known);
  const [own, asked, path] = await Promise.all([
    deadline.read(t('Health check'), probeOwn(spec, state.lifecycle, world.prober, signal)),
    deadline.read(t('Loopback addresses'), addresses),
    deadline.read(t('Other paths'), findRespondingPath(service, world.prober, signal).then(known)),
  ]);
  const respondingPath = path.kind === 'known' ? path.value : undefined;
  return { own, addresses: asked.kind === 'known' ? asked.value : [], ...defined({ respondingPath }) };
}

/** Asked only where the service is listening, and not on its port: then a debugger could be taken for it. */
async function inspectorsOf(
  spec: ServiceSpec,
  reading: {
    readonly members: ReturnType<typeof readMembers>;
    readonly ownListeners: ReturnType<typeof readOwnListeners>;
    readonly outputRead: Promise<Output>;
  },
  { world }: DiagnosisParts,
  deadline: Deadline,
): Promise<Reading<ReadonlySet<number>>> {
  const [members, listeners, output] = await Promise.all([reading.members, reading.ownListeners, reading.outputRead]);
  if (members.kind === 'unavailable' || listeners.kind === 'unavailable') return known(new Set());
  if (listeners.value.some(({ port }) => port === spec.port)) return known(new Set());
  const signs = { spec, members: members.value, listeners: listeners.value, lines: linesOf({ output }) };
  return known(await askInspectors(signs, world.prober, deadline.signal()));
}

/** What could have ended the run. */
function seenOf(run: string | undefined, { seenKills }: DiagnosisParts): Pick<Facts, 'commands' | 'lastPid' | 'memoryKills'> {
  const memoryKills = seenKills?.memoryKillsSince(run);
  return defined({ commands: seenKills?.commandsSince(run), lastPid: seenKills?.pidOf(run), memoryKills });
}

/** The whole process table is read for it: only where a copy may run, or where something may have ended the service. */
function terminalsOf({ state: { lifecycle } }: Service, parts: DiagnosisParts): Promise<Facts['inTerminals'] & object> {
  const isAsked = lifecycle.kind === 'running' || lifecycle.kind === 'starting' || isCrash(lifecycle);
  if (!isAsked || parts.terminals === undefined) return Promise.resolve(known([]));
  return parts.terminals().then((open) => readTerminalProcesses(open, parts.store.services(), parts.world));
}

const isCrash = (lifecycle: Lifecycle): boolean =>
  (lifecycle.kind === 'failed' || lifecycle.kind === 'backingOff') && lifecycle.failure.kind === 'crashed';

/** Reads what the output names: modules, files, interpreters. */
function readWhatIsNamed(
  { spec, cwd }: { readonly spec: ServiceSpec; readonly cwd: string },
  outputRead: Promise<Output>,
  { files, world }: DiagnosisParts,
  read: Deadline['read'],
) {
  const readBy = <T>(what: string, reader: (output: Output) => Promise<Reading<T>>): Promise<Reading<T>> =>
    read(what, outputRead.then(reader));
  return {
    modules: readBy(t('Python modules'), (output) =>
      readModules(output, { folders: [cwd, spec.folder], used: commandOf({ spec }) }, files),
    ),
    localNames: readBy(t('Names in the workspace'), (output) => readLocalNames(output, { cwd, folder: spec.folder }, files)),
    python: readBy(t('Python'), (output) => readPython(output, [cwd, spec.folder], files)),
    scripts: readBy(t('Scripts'), (output) => readScripts(output, { command: commandOf({ spec }), cwd }, files)),
    otherServer: readBy(t('Other server'), (output) => readOtherServer(output, world.processes)),
    pidFile: readBy(t('Pid file'), (output) => readPidFile(output, cwd, { files, processes: world.processes })),
  };
}

/** Awaits the values of an object. */
async function settle<T extends Readonly<Record<string, Promise<unknown>>>>(
  promises: T,
): Promise<{ readonly [K in keyof T]: Awaited<T[K]> }> {
  const entries = await Promise.all(Object.entries(promises).map(async ([key, promise]) => [key, await promise] as const));
  return Object.fromEntries(entries) as { readonly [K in keyof T]: Awaited<T[K]> };
}

const neighbours = ({ spec }: Service, { store, world }: DiagnosisParts): readonly Neighbour[] =>
  store
    .services()
    .filter((other) => other.spec.id !== spec.id)
    .map((other) => ({ ...other, cwd: world.folderOf(other.spec) }));

type Output = Reading<readonly string[]>;

/** There are no lines when the run has not printed anything yet, or began before the window that supervises it. */
const asReading = ({ lines }: RunOutput): Output =>
  lines.length === 0 ? unavailable(t('This window has not received any output.')) : known(lines);

const connectionsOf = ({ port }: ServiceSpec, { world }: DiagnosisParts): Promise<Reading<ReadonlyMap<string, number>>> =>
  port === undefined ? Promise.resolve(unavailable(t('The service has no port.'))) : world.portTable.connectionStates(port);

/** In the environment that the service gets, because a PATH of its own decides. */
async function runtimeOf(
  { spec, cwd }: { readonly spec: ServiceSpec; readonly cwd: string },
  preparing: Promise<LaunchPreparation>,
  { runtimes }: DiagnosisParts,
): Promise<Reading<RuntimeFacts | undefined>> {
  if (runtimes === undefined) return known(undefined);
  const prepared = await preparing;
  const env = prepared.ok ? prepared.launch.env : {};
  return known(await runtimes.look({ command: spec.command, folders: upTo(cwd, spec.folder), env }));
}

/** Returns only the names: no value of a variable becomes a fact. */
async function environmentOf(
  preparing: Promise<LaunchPreparation>,
  { inherited }: DiagnosisParts,
): Promise<Reading<ReadonlySet<string>>> {
  const prepared = await preparing;
  if (!prepared.ok) return unavailable(t('The environment could not be prepared ({0}).', prepared.failure.kind));
  return known(new Set([...inherited, ...Object.keys(prepared.launch.env)]));
}
