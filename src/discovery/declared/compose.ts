/** Services of compose.yaml. */
import { defined } from '../../core/model/defined';
import type { ServiceConfig } from '../../core/config/schema';
import type { Candidate, Detector, Role } from '../candidate';
import { splitWords } from '../command';
import { envValue } from '../read/envFiles';
import { dataAt, listAt, textAt, textsOf } from '../read/formats';
import type { Data } from '../read/formats';
import { join, nameOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, sourceOf } from '../read/source';
import type { Source } from '../read/source';
import { parseYaml } from '../read/yaml';
import { interpolate, publishedPort, testOf } from './composeValues';
import type { PublishedPort } from './composeValues';
import { declaredNames } from './declared';

/** Docker uses the first of these in a folder; the others need `-f`. */
const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const others = ['dev', 'local', 'development'].flatMap((word) =>
  ['compose', 'docker-compose'].flatMap((base) => [`${base}.${word}.yaml`, `${base}.${word}.yml`]),
);

export const compose: Detector = async (project) => {
  const found = await project.pace.map(project.folders, (folder) => ofFolder(project, folder));
  return found.flat();
};

type LookUp = (name: string) => string | undefined;

/** A parsed Compose file. */
interface ComposeFile {
  readonly folder: string;
  readonly source: Source;
  readonly services: Data;
  readonly lookUp: LookUp;
}

async function ofFolder(project: Project, folder: string): Promise<readonly Candidate[]> {
  const name = [...names, ...others].find((candidate) => project.has(join(folder, candidate)));
  if (name === undefined) return [];
  const file = join(folder, name);
  const text = (await project.text(file)) ?? '';
  const env = await project.sources([join(folder, '.env')].filter((path) => project.has(path)));
  const services = dataAt(await parseYaml(project.pace, text), 'services');
  const read = { folder, source: sourceOf(file, text), services, lookUp: lookUpIn(env) };
  return (await project.pace.map(declaredNames(services), (service) => propose(read, service))).flat();
}

/** Searches the env files once for each variable. */
function lookUpIn(env: readonly Source[]): LookUp {
  const known = new Map<string, string | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, envValue(env, name)?.value);
    return known.get(name);
  };
}

/** A service that is written by hand has fewer. */
const maxPorts = 50;
const maxVariables = 200;

function propose(read: ComposeFile, name: string): readonly Candidate[] {
  const { folder, source, services, lookUp } = read;
  const service = dataAt(services, name);
  const image = interpolate(textAt(service, 'image') ?? '', lookUp) ?? '';
  const build = textAt(service, 'build') ?? textAt(dataAt(service, 'build'), 'context');
  // A service with a profile starts only when the profile is requested.
  if (listAt(service, 'profiles').length > 0 || (image === '' && build === undefined)) return [];
  const published = listAt(service, 'ports')
    .slice(0, maxPorts)
    .flatMap((entry) => publishedPort(entry, lookUp) ?? []);
  const port = published[0];
  const needs = needsOf(service);
  const file = nameOf(source.file);
  const docker = ['docker', 'compose', ...(names.includes(file) ? [] : ['-f', file])];
  const health = healthOf(service, { name, published, lookUp, docker });
  const where = findIn(source, new RegExp(`^[ \\t]+["']?${name.replace(/\W/g, '\\$&')}["']?:`, 'm'))?.where ?? source.file;
  return [
    {
      name,
      kind: 'compose',
      source: 'container',
      role: roleOf(image, build),
      cwd: folder,
      // Its dependencies are separate services, each in its own terminal.
      command: [...docker, 'up', ...(needs.size === 0 ? [] : ['--no-deps']), name],
      ...defined({ port: port && { number: port.host, from: 'written' as const }, health }),
      more: { stopCommand: [...docker, 'stop', name].join(' ') },
      evidence: [
        image === '' ? `service "${name}" in ${where}` : `service "${name}" of ${image} in ${where}`,
        ...seenIn(source.file, { port, health }),
      ],
      needs,
      file: source.file,
      ...defined({ builtFrom: build === undefined ? undefined : join(folder, build) }),
    },
  ];
}

function seenIn(file: string, { port, health }: { port: PublishedPort | undefined; health: unknown }): readonly string[] {
  return [
    ...(port === undefined ? [] : [`port ${port.host} is published in ${file}`]),
    ...(health === undefined ? [] : [`healthcheck in ${file}`]),
  ];
}

const databases =
  /(?:^|\/)(?:[\w-]*postgres[\w-]*|postgis|timescaledb|pgvector|mysql[\w-]*|mariadb|percona|mongo|mongodb[\w-]*|redis[\w-]*|valkey|keydb|dragonfly|memcached|elasticsearch|opensearch|cockroach|mssql\/server|cassandra|scylla|influxdb|clickhouse[\w-]*|neo4j|couchdb|couchbase|surrealdb|rethinkdb|dynamodb-local|qdrant|weaviate|chroma|milvus|meilisearch|typesense|arangodb|questdb)(?:[:@]|$)/;

const roleOf = (image: string, build: string | undefined): Role =>
  build !== undefined ? 'backend' : databases.test(image) && !/kafka|registry/.test(image) ? 'database' : 'other';

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

interface Around {
  readonly name: string;
  readonly published: readonly PublishedPort[];
  readonly lookUp: LookUp;
  readonly docker: readonly string[];
}

/**
 * Converts an HTTP test to a request from this machine, when the port is published. Any other test runs inside the container,
 * because Docker accepts connections on a published port before the program behind it does.
 */
function healthOf(service: Data, { name, published, lookUp, docker }: Around): ServiceConfig['health'] | undefined {
  const check = dataAt(service, 'healthcheck');
  const test = check['disable'] === true ? undefined : testOf(check['test']);
  if (test === undefined) return undefined;
  const inside = (key: string) => environmentOf(service, lookUp).get(key) ?? lookUp(key);
  // `$$NAME` is for the container's shell, whose variables are those of `environment`.
  const written = 'line' in test ? test.line.replaceAll('$$', '$') : test.words.join(' ');
  const line = interpolate(written, inside)?.replace(/\s*\|\|\s*exit\s+\d+\s*$/, '');
  if (line === undefined) return undefined;
  return requestFrom(line, published) ?? insideOf(line, { test, name, docker });
}

/** Returns the address of a request as seen from this machine. */
function requestFrom(line: string, published: readonly PublishedPort[]): string | undefined {
  const url = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):(\d+)(\/[^\s"'|;)]*)?/.exec(line);
  const host = url === null ? undefined : published.find(({ container }) => container === Number(url[1]));
  if (host === undefined || url === null) return undefined;
  const path = url[2] ?? '/';
  const scheme = url[0].startsWith('https') ? 'https' : 'http';
  return host === published[0] && scheme === 'http' ? path : `${scheme}://localhost:${host.host}${path}`;
}

type Test = NonNullable<ReturnType<typeof testOf>>;

/** Leaves out tests with quotes or operators, whose meaning depends on the shell. The port is checked instead. */
function insideOf(
  line: string,
  { test, name, docker }: { readonly test: Test; readonly name: string; readonly docker: readonly string[] },
): ServiceConfig['health'] | undefined {
  const hasBlanks = 'words' in test && test.words.some((word) => /\s/.test(word));
  if (hasBlanks || /["'`\\|&;<>()$]/.test(line)) return undefined;
  return { exec: [...docker, 'exec', '-T', name, ...splitWords(line)].join(' '), interval: '10s', timeout: '10s' };
}

/** Reads a list of `NAME=value`, or a table. */
function environmentOf(service: Data, lookUp: LookUp): ReadonlyMap<string, string> {
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
