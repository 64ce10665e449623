/** Decides between a container and the source that it is built from: one of them is proposed, never both. */
import { defined } from '../../core/model/defined';
import type { Candidate, CandidatePort, ContainerFacts } from '../candidate';
import type { Project } from '../read/project';
import { splitWords } from '../command';
import { readLine } from '../declared/starts';
import { counterpartOf } from './counterparts';
import type { Merged } from './duplicates';
import { namesOf } from './ownNames';
import { isWanted } from './wantedContainers';
import { onlyInNetwork, reachedByName, sourcesOf } from './network';

/** `services` run from source. Returns these and the containers that are needed beside them. */
export async function settleContainers(
  project: Project,
  services: readonly Candidate[],
  containers: readonly Candidate[],
): Promise<Merged> {
  const pairs = await pairsOf(project, services, containers);
  const forced = await forcedOf(project, pairs, services);
  const replacedBy = new Map<Candidate, Candidate>();
  for (const [container, service] of pairs)
    if (forced.has(container) && !replacedBy.has(service)) replacedBy.set(service, container);
  const kept = new Map<Candidate, Candidate>();
  for (const [service, container] of replacedBy)
    kept.set(container, asContainer(container, service, forced.get(container) ?? ''));
  for (const service of services) if (!replacedBy.has(service)) kept.set(service, adopted(service, pairs));
  const around = { services, containers, pairs, forced };
  const left = containers.filter((container) => !pairs.has(container) && isWanted(container, around));
  const needed = new Set(left.flatMap(completedFor));
  for (const container of left)
    if (container.container?.isOnce !== true || needed.has(container.name)) kept.set(container, container);
  const standIns = new Map(kept);
  for (const [container, service] of pairs) {
    const owner = replacedBy.get(service) ?? service;
    const to = kept.get(owner) ?? owner;
    standIns.set(container, to).set(service, to);
  }
  return { kept: [...services, ...containers].flatMap((candidate) => kept.get(candidate) ?? []), standIns };
}

/** The names of the services that have to end before this one starts. */
const completedFor = ({ needs }: Candidate): readonly string[] =>
  [...(needs ?? [])].filter(([, condition]) => condition === 'completed').map(([name]) => name);

async function pairsOf(
  project: Project,
  services: readonly Candidate[],
  containers: readonly Candidate[],
): Promise<ReadonlyMap<Candidate, Candidate>> {
  const ownNames = containers.length === 0 ? new Set<string>() : await namesOf(project);
  const pairs = new Map<Candidate, Candidate>();
  for (const container of containers) {
    const service = counterpartOf(container, services, ownNames);
    if (service !== undefined) pairs.set(container, service);
  }
  for (const container of otherPrograms(pairs)) pairs.delete(container);
  return pairs;
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
    return { container, sources, why: onlyInNetwork(container, sources) };
  });
  // An image of a registry is not what the code says: it can only be looked at.
  for (const { container, why } of found)
    if (why !== undefined && container.container?.build !== undefined) forced.set(container, why);
  // A map is visited in the order of insertion, with what is added meanwhile.
  for (const [container] of forced) {
    const names = reachedByName(container, found.find((each) => each.container === container)?.sources ?? []);
    const reached = [...pairs.keys()].filter(
      (other) => other.file === container.file && other !== container && names.has(other.name),
    );
    for (const other of reached)
      if (!forced.has(other)) forced.set(other, `"${container.name}" reaches it by its name in the Compose network`);
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

/** The container takes the place of the source. */
const asContainer = (container: Candidate, service: Candidate, why: string): Candidate => ({
  ...container,
  role: service.role,
  alternative: service,
  evidence: [...container.evidence, ...service.evidence.slice(0, 1), why],
});

/** Adds the evidence of its containers, and takes the port from them when the code does not say one. */
function adopted(service: Candidate, pairs: ReadonlyMap<Candidate, Candidate>): Candidate {
  const own = [...pairs].filter(([, to]) => to === service).map(([container]) => container);
  const evidence = [...service.evidence, ...own.flatMap((container) => container.evidence.slice(0, 1))];
  const container = own.find(({ container: facts }) => (facts?.ports.length ?? 0) > 0) ?? own[0];
  const port = container === undefined ? undefined : portOf(service, container);
  const alternative = container === undefined ? undefined : { ...container, role: service.role };
  if (port === undefined) return { ...service, evidence, ...defined({ alternative }) };
  const env =
    port.variable === undefined || service.port !== undefined
      ? undefined
      : { ...service.more?.env, [port.variable]: String(port.number) };
  return {
    ...service,
    ...defined({ alternative }),
    ...(service.port?.number === port.number || port.move === undefined ? {} : { command: port.move }),
    port,
    more: { ...service.more, ...defined({ env }) },
    evidence: [...evidence, `port ${port.number} of "${container?.name ?? ''}" in ${container?.file ?? ''}`],
  };
}

/** Returns the port that a container tells about its program; undefined when the program has its own. */
function portOf({ port, portVariable, role }: Candidate, { container: facts }: Candidate): CandidatePort | undefined {
  if (role === 'worker' || port?.from === 'written' || facts === undefined) return undefined;
  if (port === undefined) return portInside(facts, portVariable);
  // The container of a frontend serves what was built, with another program.
  return role === 'backend' ? publishedFor(port, facts) : undefined;
}

function publishedFor(port: CandidatePort, { ports: [first] }: ContainerFacts): CandidatePort | undefined {
  if (first === undefined || first.host < 1024 || port.move === undefined) return undefined;
  return [first.container, first.host].includes(port.number) ? undefined : { ...port, number: first.host, from: 'written' };
}

/** The code listens on this machine as it does in the container. */
function portInside({ environment, ports }: ContainerFacts, variable: string | undefined): CandidatePort | undefined {
  const number = Number(environment.get(variable ?? 'PORT') ?? ports[0]?.container);
  const isPort = Number.isInteger(number) && number > 1023 && number < 65_536;
  return isPort ? { number, from: 'written', ...defined({ variable }) } : undefined;
}
