/** Finds code that only works inside the network of a Compose file, because it names hosts that exist only there. */
import type { Candidate } from '../candidate';
import { nameOf, parentOf } from '../read/paths';
import type { Source } from '../read/source';
import { oncePerSource } from '../read/source';

interface NamedHost {
  readonly host: string;
  /** The environment variable that may name another host. */
  readonly variable?: string;
}

const hostInUrl = /:\/\/(?:[^\s/@'"`]{0,200}@)?([a-zA-Z][\w-]{0,60})(?=[:/"'`\s])/g;
const hostAndPort = /(?<=["'`=])([a-zA-Z][\w-]{0,60}):\d{2,5}(?=["'`,\s])/g;
const hostAsValue =
  /(?:[hH]ost|HOST|[sS]erver|SERVER|[aA]ddr)\w{0,20}["'\])]{0,3}\s{0,3}(?:[:=,]|\?\?|\|\||or)\s{0,3}["']?([a-zA-Z][\w-]{0,60})(?=["'\s)]|$)/gm;

const maxHosts = 200;

/** Returns the hosts without a dot that a text names, such as `redis` in `redis://redis:6379`. */
const hostsIn = oncePerSource(({ text }): readonly NamedHost[] => {
  const found: NamedHost[] = [];
  for (const pattern of [hostInUrl, hostAndPort, hostAsValue]) {
    for (const match of text.matchAll(pattern)) {
      if (found.length >= maxHosts) return found;
      const line = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index + match[0].length);
      const variable = /\b([A-Z][A-Z0-9_]{2,60})\b/.exec(line.slice(-200))?.[1];
      found.push(variable === undefined ? { host: match[1] ?? '' } : { host: match[1] ?? '', variable });
    }
  }
  return found;
});

/** Why the code cannot run on this machine; undefined when nothing says so. */
export function onlyInNetwork(container: Candidate, sources: readonly Source[]): string | undefined {
  const { container: facts } = container;
  if (facts === undefined) return undefined;
  const others = new Map([...facts.siblings].filter(([name]) => name !== container.name && name !== 'localhost'));
  const env = sources.filter(({ file }) => isEnvFile(file));
  const code = sources.filter(({ file }) => !nameOf(file).startsWith('.env') && isOwnCode(file));
  for (const source of [...code, ...env]) {
    for (const { host, variable } of hostsIn(source)) {
      if (!others.has(host)) continue;
      const isSet = variable !== undefined && env.some(({ file, text }) => file !== source.file && sets(text, variable));
      if (!isSet) return `${source.file} names the host "${host}", which exists only in the Compose network`;
    }
  }
  for (const [variable, value] of facts.environment) {
    const host = hostsOfValue(value).find((name) => others.get(name) === false);
    if (host === undefined || env.some(({ text }) => sets(text, variable))) continue;
    const reader = code.find(({ text }) => new RegExp(`\\b${escape(variable)}\\b`).test(text));
    if (reader !== undefined && !hasOwnDefault(reader.text, variable))
      return `${variable} in ${reader.file} is "${host}", which publishes no port`;
  }
  return undefined;
}

const isEnvFile = (file: string): boolean => /^\.env(?:\.(?:local|development|development\.local))?$/.test(nameOf(file));

/** Documentation and Compose files name hosts as well. */
const isOwnCode = (file: string): boolean =>
  !/(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$|\.(?:md|csproj|conf|lock)$|(?:^|\/)(?:Procfile|Dockerfile|package\.json)[\w.]*$/.test(
    file,
  );

const escape = (text: string): string => text.replace(/\W/g, '\\$&');

const sets = (text: string, variable: string): boolean =>
  new RegExp(`^(?:export[ \\t]+)?${escape(variable)}[ \\t]*=[ \\t]*\\S`, 'm').test(text);

/** `os.getenv("DATABASE_URL", "sqlite:///x.db")` works without the other host. */
const hasOwnDefault = (text: string, variable: string): boolean =>
  new RegExp(`\\b${escape(variable)}["'\\])]{0,3}[ \\t]*(?:,|\\|\\||\\?\\?)[ \\t]*["'](?:sqlite|file:|:memory:)`).test(text);

/** The hosts that a value may mean: `db`, `db:5432`, `postgres://user@db/shop`. */
function hostsOfValue(value: string): readonly string[] {
  const plain = /^([a-zA-Z][\w-]{0,60})(?::\d{2,5})?$/.exec(value)?.[1];
  const inUrl = [...value.slice(0, 500).matchAll(/:\/\/(?:[^\s/@]{0,200}@)?([a-zA-Z][\w-]{0,60})/g)].map(
    (match) => match[1] ?? '',
  );
  return plain === undefined ? inUrl : [plain, ...inUrl];
}

/** The containers that another one needs to reach by name. */
export const reachedByName = (container: Candidate, sources: readonly Source[]): ReadonlySet<string> =>
  new Set([
    ...[...(container.container?.environment.values() ?? [])].flatMap(hostsOfValue),
    ...sources.flatMap((source) => hostsIn(source).map(({ host }) => host)),
  ]);

/** Returns the sources of a service, without those of services in folders below. */
export function sourcesOf(service: Candidate, all: readonly Source[], services: readonly Candidate[]): readonly Source[] {
  const folders = services.map(({ cwd }) => cwd);
  const ownerOf = (file: string): string =>
    folders
      .filter((cwd) => cwd === '' || file.startsWith(`${cwd}/`))
      .reduce((best, cwd) => (cwd.length > best.length ? cwd : best), '');
  return all.filter(({ file }) => {
    const owner = ownerOf(file);
    return owner === service.cwd || (parentOf(file) === '' && isEnvFile(file));
  });
}
