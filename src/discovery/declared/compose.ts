/** Services of Compose files. */
import { defined } from '../../core/model/defined';
import type { Candidate, ContainerFacts, Detector, Role } from '../candidate';
import { dataAt, listAt, textAt, textsOf } from '../read/formats';
import type { Data } from '../read/formats';
import { isWithin, join, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findAllIn, findIn } from '../read/source';
import type { Source } from '../read/source';
import { composeFilesIn, profilesOf } from './composeFiles';
import type { ComposeFile } from './composeFiles';
import { healthOf } from './composeHealth';
import { interpolate, publishedPort } from './composeValues';
import type { PublishedPort } from './composeValues';
import { declaredNames } from './declared';
import { endsByLine, endsByName, isDatabaseImage, isProxyImage, isToolImage, roleOfName, runsJobs } from './roles';

export const compose: Detector = async (project) => {
  const found = await project.pace.map(project.folders, async (folder) => {
    const files = await composeFilesIn(project, folder);
    const proposed = await project.pace.map(files, (file) => ofFile(project, file));
    const [first = [], second = []] = proposed;
    // A file for development replaces the usual one, apart from databases that only the usual one has.
    const names = new Set(first.map(({ name }) => name));
    return [...first, ...second.filter(({ name, role }) => role === 'database' && !names.has(name))];
  });
  const all = found.flat();
  const topologies = new Set(all.flatMap((one) => (isOneOfMany(one, all) ? [one.file] : [])));
  const others = all.filter(({ file }) => !topologies.has(file));
  return others.length === 0 ? all : others;
};

/** Several equal programs on ports of their own try how installations work together; developers start the usual file. */
function isOneOfMany({ file, container, role }: Candidate, all: readonly Candidate[]): boolean {
  if (container === undefined || role === 'database' || isToolImage(container.image)) return false;
  const built = container.build?.dockerfile;
  const isSame = ({ container: other }: Candidate): boolean =>
    other?.image === container.image && other.build?.dockerfile === built && other.command === container.command;
  return all.filter((other) => other.file === file && other.role === role && isSame(other)).length >= minEqualPrograms;
}

const minEqualPrograms = 3;

async function ofFile(project: Project, file: ComposeFile): Promise<readonly Candidate[]> {
  const unneeded = alternativeDatabases(file.services);
  const names = declaredNames(file.services).filter((name) => !unneeded.has(name));
  const completed = new Set(names.flatMap((name) => completedBy(dataAt(file.services, name))));
  const siblings = siblingsOf(file.services, file.lookUp);
  const proposed = await project.pace.map(names, (name) =>
    propose(project, file, { name, isCompleted: completed.has(name), siblings }),
  );
  return proposed.filter((candidate) => candidate !== undefined);
}

const relational = /(?:^|\/)[\w-]*(?:postgres|mysql|mariadb|mssql|oracle)[\w-]*(?:[:@]|$)/;

/** Databases of which a profile chooses one: the app works without any of them, or it could not be chosen. */
function alternativeDatabases(services: Data): ReadonlySet<string> {
  const names = declaredNames(services).filter((name) => {
    const service = dataAt(services, name);
    const [profile, ...others] = profilesOf(service);
    return profile !== undefined && others.length === 0 && relational.test(textAt(service, 'image') ?? '');
  });
  const profiles = new Set(names.flatMap((name) => profilesOf(dataAt(services, name))));
  return new Set(names.length > 1 && profiles.size === names.length ? names : []);
}

/** A service that is written by hand has fewer. */
const maxPorts = 50;
const maxVariables = 200;

interface Asked {
  readonly name: string;
  /** Whether another service waits until it has ended. */
  readonly isCompleted: boolean;
  readonly siblings: ContainerFacts['siblings'];
}

async function propose(project: Project, read: ComposeFile, asked: Asked): Promise<Candidate | undefined> {
  const { folder, sources, services, lookUp, docker } = read;
  const { name } = asked;
  const service = dataAt(services, name);
  const written = textAt(service, 'image') ?? '';
  const image = interpolate(written, lookUp) ?? written;
  const build = await buildOf(project, folder, service);
  if (image === '' && build === undefined) return undefined;
  const container = factsOf(read, asked, { image, build });
  if (isOptional(service, name, container.image)) return undefined;
  const { ports, environment } = container;
  // What it takes over from another service may include ports, on which jobs do not listen.
  const [port] = runsJobs(container.command) ? [] : ports;
  const needs = needsOf(service);
  const health = healthOf(service, { name, published: ports, lookUp, environment, docker });
  const where = placeOf(sources, name) ?? folder;
  const role = roleOf(name, container);
  return {
    name,
    kind: 'compose',
    source: 'container',
    role,
    cwd: folder,
    // Its dependencies are separate services, each in its own terminal.
    command: [...docker, 'up', ...(needs.size === 0 ? [] : ['--no-deps']), name],
    ...defined({ compose: needs.size === 0 ? refTo(name, read, { role, isOnce: container.isOnce }) : undefined }),
    ...defined({ port: port && { number: port.host, from: 'written' as const }, health }),
    more: { stopCommand: [...docker, 'stop', name].join(' ') },
    evidence: [
      image === '' ? `service "${name}" in ${where}` : `service "${name}" of ${image} in ${where}`,
      ...seenIn(where.replace(/:\d+$/, ''), { port, health }),
    ],
    needs,
    file: sources[0]?.file ?? folder,
    container,
  };
}

/** An app of the project may run from source instead: what it needs is chosen service by service, so that it has a command. */
function refTo(
  service: string,
  { files }: ComposeFile,
  { role, isOnce }: { readonly role: Role; readonly isOnce: boolean },
): Candidate['compose'] {
  if (isOnce || (role !== 'database' && role !== 'other')) return undefined;
  return files.length === 0 ? service : { service, files: [...files] };
}

interface Image {
  readonly image: string;
  readonly build: ContainerFacts['build'];
}

function factsOf({ services, lookUp, isDeployment }: ComposeFile, asked: Asked, { image, build }: Image): ContainerFacts {
  const { name, isCompleted, siblings } = asked;
  const service = dataAt(services, name);
  const runs = build?.base !== undefined && isDatabaseImage(build.base) ? build.base : image;
  const published = listAt(service, 'ports')
    .slice(0, maxPorts)
    .flatMap((entry) => publishedPort(entry, lookUp) ?? []);
  return {
    image: runs,
    ...defined({ build }),
    environment: environmentOf(service, lookUp),
    ports: mainFirst(published, runs),
    command: lineOf(service),
    siblings,
    isDeployment,
    ...(textAt(service, 'network_mode') === 'host' ? { isOnHost: true } : {}),
    isProxy: isProxyImage(runs) && /proxy|nginx|traefik|caddy|gateway|ingress|haproxy|envoy|balancer|certbot|^lb$/i.test(name),
    isOnce:
      isCompleted ||
      endsByLine(lineOf(service)) ||
      (published.length === 0 && (endsByName(name) || (service['restart'] === 'no' && endsByName(lineOf(service))))),
  };
}

function placeOf(sources: readonly Source[], name: string): string | undefined {
  const pattern = new RegExp(`^[ \\t]+["']?${name.replace(/\W/g, '\\$&')}["']?:`, 'm');
  return sources.map((source) => findIn(source, pattern)?.where).find((found) => found !== undefined);
}

function seenIn(file: string, { port, health }: { port: PublishedPort | undefined; health: unknown }): readonly string[] {
  return [
    ...(port === undefined ? [] : [`port ${port.host} is published in ${file}`]),
    ...(health === undefined ? [] : [`healthcheck in ${file}`]),
  ];
}

/** Profiles that developers start. `docker compose up NAME` starts a service whatever its profile. */
const wantedProfiles =
  /^(?:dev\w*|local|default|all|full|app|apps?|backend|frontend|web|api|core|infra\w*|services?|db|database)$/i;
const unwantedProfiles = /test|prod|ci\b|e2e|migrat|seed|tools?$|debug|deploy/i;

function isOptional(service: Data, name: string, image: string): boolean {
  const profiles = profilesOf(service);
  if (profiles.length === 0) return /(?:^|[-_])(?:tests?|e2e|cypress|playwright)(?:[-_]|$)/i.test(name);
  if (profiles.some((profile) => wantedProfiles.test(profile))) return false;
  return !isDatabaseImage(image) || profiles.every((profile) => unwantedProfiles.test(profile));
}

const lineOf = (service: Data): string => {
  const words = textsOf(listAt(service, 'command'));
  return words.length > 0 ? words.join(' ') : (textAt(service, 'command') ?? '');
};

function roleOf(name: string, { image, build, command, ports }: ContainerFacts): Role {
  if (isDatabaseImage(image)) return 'database';
  if (build === undefined && isToolImage(image)) return 'other';
  if (runsJobs(command)) return 'worker';
  const named = roleOfName(name);
  const listens = ports.length > 0;
  return build === undefined ? roleOfImage(image, named, listens) : roleOfBuild(image, name, { named, listens });
}

interface Named {
  readonly named: Role | undefined;
  readonly listens: boolean;
}

function roleOfBuild(image: string, name: string, { named, listens }: Named): Role {
  if (isProxyImage(image) && named !== 'frontend') return 'other';
  if (named === 'database' && /emulator|^firestore/.test(name)) return 'database';
  return named === 'frontend' || (named === 'worker' && !listens) ? named : 'backend';
}

/** The name of an image of others says little: "mail-ui", "kafka-web". */
function roleOfImage(image: string, named: Role | undefined, listens: boolean): Role {
  if (!image.includes('/') || named === 'database' || (named === 'worker' && listens)) return 'other';
  const last = image.split('/').at(-1) ?? '';
  return named ?? roleOfName(last.replace(/[:@].*$/, '')) ?? 'other';
}

/** Ports of mail servers, which a browser cannot open. */
const mailPorts = new Set([25, 465, 587, 1025, 2525, 110, 143, 3025]);

/** Mailpit and similar programs listen for mail, and show it on a web page: the page is what developers open. */
function mainFirst(published: readonly PublishedPort[], image: string): readonly PublishedPort[] {
  if (isDatabaseImage(image)) return published;
  const pages = published.filter(({ container }) => !mailPorts.has(container));
  return pages.length === 0 ? published : [...pages, ...published.filter((port) => !pages.includes(port))];
}

const conditions: Readonly<Record<string, 'started' | 'healthy' | 'completed'>> = {
  service_started: 'started',
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
};

function needsOf(service: Data): ReadonlyMap<string, 'started' | 'healthy' | 'completed'> {
  const list = textsOf(listAt(service, 'depends_on'));
  const table = dataAt(service, 'depends_on');
  return new Map([
    ...list.map((name) => [name, 'started'] as const),
    ...Object.keys(table).map((name) => [name, conditions[textAt(dataAt(table, name), 'condition') ?? ''] ?? 'started'] as const),
  ]);
}

const completedBy = (service: Data): readonly string[] =>
  [...needsOf(service)].flatMap(([name, condition]) => (condition === 'completed' ? [name] : []));

/** Which services of the file publish a port on this machine. */
function siblingsOf(services: Data, lookUp: ComposeFile['lookUp']): ReadonlyMap<string, boolean> {
  return new Map(
    declaredNames(services).map((name) => [
      name,
      listAt(dataAt(services, name), 'ports')
        .slice(0, maxPorts)
        .some((entry) => publishedPort(entry, lookUp) !== undefined),
    ]),
  );
}

/** Reads what an image is built from. `context: .` with `dockerfile: backend/Dockerfile` is the image of backend/. */
async function buildOf(project: Project, folder: string, service: Data): Promise<ContainerFacts['build']> {
  const table = dataAt(service, 'build');
  const written = textAt(service, 'build') ?? textAt(table, 'context') ?? ('dockerfile' in table ? '.' : undefined);
  if (written === undefined || /^\w+:\/\/|^git@/.test(written)) return undefined;
  const context = join(folder, written);
  const dockerfile = join(context, textAt(table, 'dockerfile') ?? 'Dockerfile');
  const source = project.has(dockerfile) ? await project.source(dockerfile) : undefined;
  const own = parentOf(dockerfile);
  const bases = source === undefined ? [] : findAllIn(source, /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)?(\S+)/gim);
  const copied = source === undefined ? [] : findAllIn(source, /^[ \t]*(?:COPY|ADD|WORKDIR)[ \t]+(?:--\S+[ \t]+)?(\S+)/gim);
  return {
    folder: own !== context && isWithin(own, context) && project.filesIn(own).length > 0 ? own : context,
    context,
    dockerfile,
    copied: copied
      .map(({ groups: [path = ''] }) => path.replace(/^(?:\.\/|\/)/, ''))
      .filter((path) => path !== '' && path !== '.'),
    ...defined({ base: bases.at(-1)?.groups[0]?.toLowerCase() }),
  };
}

/** Reads a list of `NAME=value`, or a table. */
function environmentOf(service: Data, lookUp: ComposeFile['lookUp']): ReadonlyMap<string, string> {
  const list = textsOf(listAt(service, 'environment')).map(
    (entry) => [entry.split('=')[0] ?? '', entry.slice(entry.indexOf('=') + 1)] as const,
  );
  const table = dataAt(service, 'environment');
  const pairs = [...list, ...Object.keys(table).map((key) => [key, textAt(table, key) ?? ''] as const)].slice(0, maxVariables);
  return new Map(
    pairs.flatMap(([key, value]) => {
      const known = interpolate(value, lookUp);
      return known === undefined ? [] : [[key, known] as const];
    }),
  );
}
