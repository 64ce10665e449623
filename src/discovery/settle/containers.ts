/** Decides between a container and the source that it is built from: one of them is proposed, never both. */
import { defined } from '../../core/model/defined';
import type { Candidate, CandidatePort } from '../candidate';
import { dataAt, parseJson, textAt } from '../read/formats';
import { nameOf } from '../read/paths';
import type { Project } from '../read/project';
import { splitWords } from '../command';
import { readLine } from '../declared/starts';
import { counterpartOf } from './counterparts';
import type { Merged } from './duplicates';
import { onlyInNetwork, reachedByName, sourcesOf } from './network';

/** `services` run from source. Returns these and the containers that are needed beside them. */
export async function settleContainers(
  project: Project,
  services: readonly Candidate[],
  containers: readonly Candidate[],
): Promise<Merged> {
  const ownNames = containers.length === 0 ? new Set<string>() : await namesOf(project);
  const pairs = new Map<Candidate, Candidate>();
  for (const container of containers) {
    const service = counterpartOf(container, services, ownNames);
    if (service !== undefined) pairs.set(container, service);
  }
  for (const container of otherPrograms(pairs)) pairs.delete(container);
  const forced = await forcedOf(project, pairs, services);
  const standIns = new Map<Candidate, Candidate>();
  const replaced = new Set<Candidate>();
  const kept = new Map<Candidate, Candidate>();
  for (const [container, service] of pairs) {
    const why = forced.get(container);
    if (why === undefined || replaced.has(service)) continue;
    replaced.add(service);
    kept.set(container, asContainer(container, service, why));
  }
  for (const service of services) if (!replaced.has(service)) kept.set(service, adopted(service, pairs));
  const left = containers.filter(
    (container) => !pairs.has(container) && isWanted(container, { services, containers, pairs, forced }),
  );
  for (const container of left) kept.set(container, container);
  for (const [container, service] of pairs) {
    if (replaced.has(service)) {
      const owner = [...pairs].find(([other, same]) => same === service && forced.has(other))?.[0] ?? container;
      standIns.set(service, kept.get(owner) ?? owner);
      standIns.set(container, kept.get(owner) ?? owner);
    } else standIns.set(container, kept.get(service) ?? service);
  }
  for (const [from, to] of kept) standIns.set(from, to);
  const needed = new Set(
    left.flatMap((container) => [...(container.needs ?? [])].filter(([, how]) => how === 'completed').map(([name]) => name)),
  );
  for (const [from] of [...kept]) {
    if (from.container?.isOnce === true && !needed.has(from.name)) {
      kept.delete(from);
      standIns.delete(from);
    }
  }
  return { kept: [...services, ...containers].flatMap((candidate) => kept.get(candidate) ?? []), standIns };
}

/** Returns the containers that have to replace their source, and why. */
async function forcedOf(
  project: Project,
  pairs: ReadonlyMap<Candidate, Candidate>,
  services: readonly Candidate[],
): Promise<ReadonlyMap<Candidate, string>> {
  const forced = new Map<Candidate, string>();
  if (pairs.size === 0) return forced;
  const all = await project.sourcesRead();
  const found = await project.pace.map([...pairs], ([container, service]) => {
    const sources = sourcesOf(service, all, services);
    return { container, sources, why: onlyInNetwork(service, container, sources) };
  });
  // An image of a registry is not what the code says: it can only be looked at.
  for (const { container, why } of found)
    if (why !== undefined && container.container?.build !== undefined) forced.set(container, why);
  for (let before = -1; before < forced.size;) {
    before = forced.size;
    for (const { container, sources } of found.filter(({ container: each }) => forced.has(each))) {
      const names = reachedByName(container, sources);
      for (const other of pairs.keys())
        if (other.file === container.file && other !== container && names.has(other.name) && !forced.has(other))
          forced.set(other, `"${container.name}" reaches it by its name in the Compose network`);
    }
  }
  return forced;
}

/** Several containers of one image run several programs: only one of them is the service. */
function otherPrograms(pairs: ReadonlyMap<Candidate, Candidate>): readonly Candidate[] {
  return [...pairs].flatMap(([container, service]) => {
    const same = [...pairs].filter(([other, to]) => to === service && other.file === container.file).map(([other]) => other);
    if (same.length < 2 || container.container?.command === '' || container.port === undefined) return [];
    const { starts } = readLine(splitWords(container.container?.command ?? ''), {}, '');
    const isService = starts !== undefined && 'kinds' in starts && starts.kinds.test(service.kind);
    return isService || !same.some((other) => other !== container && runsService(other, service)) ? [] : [container];
  });
}

function runsService({ container }: Candidate, { kind }: Candidate): boolean {
  const { starts } = readLine(splitWords(container?.command ?? ''), {}, '');
  return container?.command === '' || (starts !== undefined && 'kinds' in starts && starts.kinds.test(kind));
}

interface Around {
  readonly services: readonly Candidate[];
  readonly containers: readonly Candidate[];
  readonly pairs: ReadonlyMap<Candidate, Candidate>;
  readonly forced: ReadonlyMap<Candidate, string>;
}

/** Whether a container without a service of its own is worth starting. */
function isWanted(container: Candidate, { services, containers, pairs, forced }: Around): boolean {
  const { container: facts, role } = container;
  const earlier = containers.slice(0, containers.indexOf(container));
  if (
    earlier.some(
      (other) => other.name === container.name && other.container?.image === facts?.image && samePort(other, container),
    )
  )
    return false;
  if (facts?.isDeployment === true) {
    if (role !== 'database') return !services.some((service) => service.source === 'code' && service.role !== 'database');
    return !containers.some(
      (other) => other !== container && other.container?.isDeployment !== true && other.container?.image === facts.image,
    );
  }
  if (facts !== undefined && isRuntime.test(facts.image) && facts.build === undefined && facts.ports.length === 0) return false;
  // What only containers reach is of no use to code on this machine.
  const moved = [...pairs.keys()].filter((other) => other.file === container.file && !forced.has(other));
  if (facts?.ports.length === 0 && role !== 'worker' && moved.some((other) => other.needs?.has(container.name) === true)) {
    const stay = containers.filter((other) => other.file === container.file && !moved.includes(other));
    if (!stay.some((other) => other.needs?.has(container.name) === true)) return false;
  }
  // A proxy leads to containers, which do not run.
  if (facts?.isProxy === true) return ![...pairs.keys()].some((other) => other.file === container.file && !forced.has(other));
  return true;
}

/** Such a container compiles or watches what is on this machine. */
const isRuntime = /^(?:docker\.io\/)?(?:library\/)?(?:node|python|golang|php|ruby|composer|rust|oven\/bun|denoland\/deno)(?::|$)/;

const samePort = (a: Candidate, b: Candidate): boolean => a.port !== undefined && a.port.number === b.port?.number;

/** The container takes the place of the source. */
const asContainer = (container: Candidate, service: Candidate, why: string): Candidate => ({
  ...container,
  role: service.role,
  evidence: [...container.evidence, ...service.evidence.slice(0, 1), why],
});

/** Adds the evidence of its containers, and takes the port from them when the code does not say one. */
function adopted(service: Candidate, pairs: ReadonlyMap<Candidate, Candidate>): Candidate {
  const own = [...pairs].filter(([, to]) => to === service).map(([container]) => container);
  const evidence = [...service.evidence, ...own.flatMap((container) => container.evidence.slice(0, 1))];
  const container = own.find(({ container: facts }) => (facts?.ports.length ?? 0) > 0) ?? own[0];
  const port = container === undefined ? undefined : portOf(service, container);
  if (port === undefined) return { ...service, evidence };
  const env =
    port.variable === undefined || service.port !== undefined
      ? undefined
      : { ...service.more?.env, [port.variable]: String(port.number) };
  return {
    ...service,
    port,
    more: { ...service.more, ...defined({ env }) },
    evidence: [...evidence, `port ${port.number} of "${container?.name ?? ''}" in ${container?.file ?? ''}`],
  };
}

/** Returns the port that a container tells about its program; undefined when the program has its own. */
function portOf({ port, portVariable, role }: Candidate, { container }: Candidate): CandidatePort | undefined {
  const [first] = container?.ports ?? [];
  if (role === 'worker' || port?.from === 'written') return undefined;
  const written = Number(container?.environment.get(portVariable ?? 'PORT'));
  const set = Number.isInteger(written) && written > 1023 ? written : undefined;
  if (port === undefined) {
    const number = set ?? first?.container;
    return number === undefined || number < 1024
      ? undefined
      : { number, from: 'written', ...defined({ variable: portVariable }) };
  }
  if (first === undefined || first.container === port.number || first.host === port.number || first.host < 1024) return undefined;
  return port.move === undefined ? undefined : { ...port, number: first.host, from: 'written' };
}

const maxManifests = 30;

/** The last name of a Go module, without its major version. */
const moduleName = (path: string): string =>
  path
    .replace(/\/v\d+$/, '')
    .split('/')
    .at(-1) ?? '';

/** Returns the names that the project has in its own manifests. */
async function namesOf(project: Project): Promise<ReadonlySet<string>> {
  const files = project
    .find(/^(?:package\.json|composer\.json|go\.mod|pyproject\.toml|setup\.(?:py|cfg)|Cargo\.toml)$/)
    .slice(0, maxManifests);
  const names = await project.pace.map(files, async (file) => {
    const text = (await project.text(file)) ?? '';
    if (/^(?:package|composer)\.json$/.test(nameOf(file)))
      return (textAt(dataAt(parseJson(text)), 'name') ?? '').replace(/^[^/]*\//, '');
    const written =
      nameOf(file) === 'go.mod'
        ? moduleName(/^module\s+(\S+)/m.exec(text)?.[1] ?? '')
        : /^\s*name\s*=\s*["']?([^"'\s,]+)/m.exec(text)?.[1];
    return written ?? '';
  });
  return new Set(names.map((name) => name.toLowerCase()).filter((name) => name !== ''));
}
