/** Reads the Compose files of a folder the way Docker Compose does: with the override file, and with files for development. */
import { envValue } from '../read/envFiles';
import { dataAt, listAt, textAt, textsOf } from '../read/formats';
import type { Data } from '../read/formats';
import { join, nameOf } from '../read/paths';
import type { Project } from '../read/project';
import { sourceOf } from '../read/source';
import type { Source } from '../read/source';
import { parseYaml } from '../read/yaml';

/** Docker uses the first of these in a folder; the others need `-f`. */
const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const overrideNames = baseNames.map((name) => name.replace('compose.', 'compose.override.'));
const devWords = ['dev', 'local', 'development', 'db', 'database', 'infra', 'services', 'deps', 'dependencies'];
const devNames = devWords.flatMap((word) =>
  ['compose.', 'docker-compose.', 'docker-compose-', 'compose-'].flatMap((base) => [`${base}${word}.yaml`, `${base}${word}.yml`]),
);

/** Folders whose Compose files describe how the project is installed elsewhere. */
const deployment = /(?:^|\/)(?:deploy(?:ments?)?|prod(?:uction)?|self-?host(?:ed|ing)?|swarm|k8s|ansible|release)(?:\/|$)/i;

export interface ComposeFile {
  readonly folder: string;
  /** All files that were merged; the later ones override the earlier ones. */
  readonly sources: readonly Source[];
  readonly services: Data;
  readonly lookUp: (name: string) => string | undefined;
  /** The files that Compose does not find itself, relative to the folder; empty: it finds all. */
  readonly files: readonly string[];
  /** `docker compose`, with these files. */
  readonly docker: readonly string[];
  readonly isDeployment: boolean;
}

export async function composeFilesIn(project: Project, folder: string): Promise<readonly ComposeFile[]> {
  // Most folders have none: asking for each of the names would take longer than all else.
  const present = new Set(project.filesIn(folder).filter((name) => name.includes('compose')));
  if (present.size === 0) return [];
  const has = (name: string): boolean => present.has(name);
  const base = baseNames.find(has);
  const override = base === undefined ? undefined : overrideNames.find(has);
  const dev = devNames.find(has);
  if (base === undefined && dev === undefined) return [];
  const read = async (names: readonly string[], files: readonly string[]): Promise<ComposeFile> =>
    merged(project, folder, { names, files });
  const usual = base === undefined ? undefined : await read(override === undefined ? [base] : [base, override], []);
  if (dev === undefined) return usual === undefined ? [] : [usual];
  const own = await read([dev], [dev]);
  if (base === undefined || usual === undefined) return [own];
  if (isComplete(own.services)) return [own, usual];
  return [await read([base, dev], [base, dev])];
}

/** A file that only changes services of another one names neither an image nor a build for them. */
const isComplete = (services: Data): boolean =>
  Object.keys(services).every((name) => {
    const service = dataAt(services, name);
    return ['image', 'build', 'extends'].some((key) => key in service);
  });

interface Named {
  readonly names: readonly string[];
  readonly files: readonly string[];
}

async function merged(project: Project, folder: string, { names, files: named }: Named): Promise<ComposeFile> {
  const files = names.map((name) => join(folder, name));
  const texts = await Promise.all(files.map(async (file) => ({ file, text: (await project.text(file)) ?? '' })));
  const included: Data[] = [];
  const services: Data[] = [];
  for (const { text } of texts) {
    const data = dataAt(await parseYaml(project.pace, text));
    for (const file of includesOf(data)) included.push(await servicesIn(project, join(folder, file)));
    services.push(dataAt(data, 'services'));
  }
  const env = await project.sources([join(folder, '.env')].filter((path) => project.has(path)));
  const all = [...included, ...services].reduce(overlay, {});
  return {
    folder,
    sources: texts.map(({ file, text }) => sourceOf(file, text)),
    services: extended(all),
    lookUp: lookUpIn(env),
    files: named,
    docker: ['docker', 'compose', ...named.flatMap((file) => ['-f', file])],
    isDeployment: deployment.test(folder),
  };
}

/** A file that is written by hand includes fewer. */
const maxIncludes = 10;

const includesOf = (data: Data): readonly string[] =>
  listAt(data, 'include')
    .slice(0, maxIncludes)
    .flatMap((entry) => (typeof entry === 'string' ? entry : (textAt(dataAt(entry), 'path') ?? [])));

const servicesIn = async (project: Project, file: string): Promise<Data> =>
  project.has(file) ? dataAt(await parseYaml(project.pace, (await project.text(file)) ?? ''), 'services') : {};

function overlay(base: Data, over: Data): Data {
  const names = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  return Object.fromEntries(names.map((name) => [name, mergedService(dataAt(base, name), dataAt(over, name))]));
}

/** Lists of ports and the like are joined, tables are merged, and all else is replaced. */
function mergedService(base: Data, over: Data): Data {
  const entries = Object.entries(over).map(([key, value]): [string, unknown] => {
    const before = base[key];
    if (Array.isArray(before) && Array.isArray(value) && key !== 'command' && key !== 'entrypoint')
      return [key, [...(before as readonly unknown[]), ...(value as readonly unknown[])]];
    const isTable = ['environment', 'depends_on', 'build', 'healthcheck'].includes(key);
    return [key, isTable && isMap(before) && isMap(value) ? { ...before, ...value } : value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}

const isMap = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `extends: web` of the same file. */
function extended(services: Data): Data {
  return Object.fromEntries(
    Object.keys(services).map((name) => {
      const service = dataAt(services, name);
      const from = textAt(service, 'extends') ?? textAt(dataAt(service, 'extends'), 'service');
      const base = from === undefined || from === name ? {} : dataAt(services, from);
      return [name, mergedService(base, service)];
    }),
  );
}

/** Searches the env files once for each variable. */
function lookUpIn(env: readonly Source[]): ComposeFile['lookUp'] {
  const known = new Map<string, string | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, envValue(env, name)?.value);
    return known.get(name);
  };
}

/** Returns the profiles of a service; it starts with others only when one of them is requested. */
export const profilesOf = (service: Data): readonly string[] => textsOf(listAt(service, 'profiles'));

export const isBase = (file: string): boolean => baseNames.includes(nameOf(file));
