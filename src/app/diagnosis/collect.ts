/** Collects all facts of one service in parallel, within one deadline. */
import { commandOf } from '../../core/diagnosis/queries';
import type { Facts, Neighbour } from '../../core/diagnosis/facts';
import { references } from '../../core/diagnosis/references';
import { t } from '../../core/wording/l10n';
import type { Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import type { Service } from '../../core/lifecycle/state';
import { readCheckouts } from './checkouts';
import type { Deadline } from './deadline';
import { readFiles } from './fileFacts';
import { readModules } from './interpreters';
import { readNamedPorts } from './namedPorts';
import type { DiagnosisParts } from './parts';
import { readPort } from './portFacts';
import { probeAddresses, probeOwn } from './probeFacts';
import { readMembers, readOwnListeners, readProcesses } from './treeFacts';

export async function collect(service: Service, parts: DiagnosisParts, deadline: Deadline): Promise<Facts> {
  const { spec, state } = service;
  const { world, files } = parts;
  const cwd = world.folderOf(spec);
  const others = neighbours(service, parts);
  const output = outputOf(spec.id, parts);
  const linesBeforeHealthy = parts.linesBeforeHealthy(spec.id);
  const port = readPort(spec, state.lifecycle, world);
  const members = readMembers(state.lifecycle, world.trees);
  const read = deadline.read.bind(deadline);
  const filesRead = read(t('Files'), readFiles(spec, cwd, others, files));
  const addresses = probeAddresses(spec, state.lifecycle, world.prober, () => deadline.signal());
  const readings = {
    listeners: read(t('Port listeners'), port.listeners),
    owners: read(t('Port owners'), port.owners),
    forbidden: read(t('Port permission'), port.forbidden),
    members: read(t('Processes'), members),
    ownListeners: read(t('Ports of the service'), readOwnListeners(members, world.portTable)),
    processes: read(t('Process table'), readProcesses(port.listeners, world.processes)),
    connections: read(t('Connections'), connectionsOf(spec, parts)),
    own: read(
      t('Health check'),
      probeOwn(spec, state.lifecycle, world.prober, () => deadline.signal()),
    ),
    addresses: read(t('Loopback addresses'), addresses.then(known)),
    checkouts: read(t('Repository'), readCheckouts(spec.folder, port.owners, files)),
    modules: read(t('Python modules'), readModules(output, { folders: [cwd, spec.folder], used: commandOf({ spec }) }, files)),
    environment: read(t('Environment'), environmentOf(spec, parts)),
  };
  const base = await settle(readings);
  const context = { at: world.clock.now(), spec, state, cwd, host: parts.host, output, linesBeforeHealthy, others };
  const { listeners, owners, forbidden, own, addresses: asked, modules, ...rest } = base;
  const facts: Facts = {
    ...context,
    files: await filesRead,
    blockedSince: 'run' in state.lifecycle ? parts.blockedSince(state.lifecycle.run) : known(undefined),
    ...rest,
    port: { listeners, owners, forbidden },
    probes: { own, addresses: asked.kind === 'known' ? asked.value : [] },
    modulesElsewhere: modules,
    ports: new Map(),
  };
  const ports = await readNamedPorts({ output, others, spec, references: references(facts) }, world, deadline);
  return { ...facts, ports };
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

/** There are no lines when another window started the run, or when the run has not printed anything yet. */
function outputOf(id: string, parts: DiagnosisParts): Reading<readonly string[]> {
  const lines = parts.output(id);
  return lines.length === 0 ? unavailable(t('This window has not received any output.')) : known(lines);
}

const connectionsOf = ({ port }: ServiceSpec, { world }: DiagnosisParts): Promise<Reading<ReadonlyMap<string, number>>> =>
  port === undefined ? Promise.resolve(unavailable(t('The service has no port.'))) : world.portTable.connectionStates(port);

/** Returns only the names: no value of a variable becomes a fact. */
async function environmentOf(spec: ServiceSpec, { world, inherited }: DiagnosisParts): Promise<Reading<ReadonlySet<string>>> {
  const prepared = await world.preflight.prepare(spec);
  if (!prepared.ok) return unavailable(t('The environment could not be prepared ({0}).', prepared.failure.kind));
  return known(new Set([...inherited, ...Object.keys(prepared.launch.env)]));
}
