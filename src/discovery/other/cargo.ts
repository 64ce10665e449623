/** Rust servers: crates that depend on a web framework and contain a program. */
import { defined } from '../../core/model/defined';
import type { Candidate, Detector } from '../candidate';
import { asksOfAll } from '../read/asks';
import { envFileOf, envSources, envValue, ownEnv } from '../read/envFiles';
import { dataAt, parseToml, textAt } from '../read/formats';
import { bestHealth, healthPattern } from '../read/health';
import { isWithin, join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findAllIn, findIn, findInAny, oncePerSource, portOf } from '../read/source';
import type { Source } from '../read/source';

const frameworks = ['axum', 'actix-web', 'rocket', 'warp', 'poem', 'tide', 'salvo', 'hyper', 'tonic', 'ntex'];
const maxFiles = 40;

export const cargo: Detector = async (project) => {
  const found = await project.pace.map(project.find(/^Cargo\.toml$/), (file) => propose(project, file));
  return found.filter((candidate) => candidate !== undefined);
};

async function propose(project: Project, file: string): Promise<Candidate | undefined> {
  const cwd = parentOf(file);
  const manifest = parseToml((await project.text(file)) ?? '');
  const framework = frameworks.find((name) => name in dataAt(manifest, 'dependencies'));
  const main = await project.source(join(cwd, 'src/main.rs'));
  if (framework === undefined || main === undefined) return undefined;
  const files = project.find(/\.rs$/).filter((path) => isWithin(path, join(cwd, 'src')) && path !== main.file);
  const sources = [main, ...(await project.sources(files.slice(0, maxFiles)))].map(withoutTests);
  // A tool or a test may depend on a framework as well.
  if (!isServer(main, sources) || 'tauri' in dataAt(manifest, 'dependencies')) return undefined;
  const env = await envSources(project, cwd);
  const port = (await portOfRocket(project, cwd, framework)) ?? portIn(sources, ownEnv(env, cwd));
  const health = healthOf(sources);
  const depends = findIn({ file, text: (await project.text(file)) ?? '' }, new RegExp(`^${framework}\\b`, 'm'));
  return {
    name: nameOf(cwd),
    kind: 'cargo',
    source: 'code',
    role: 'backend',
    cwd,
    command: ['cargo', 'run'],
    ...defined({ port: port && { number: port.number, from: 'written' as const }, health: port && health?.path }),
    more: envFileOf(project, cwd),
    evidence: [
      `${framework} in ${depends?.where ?? file}`,
      ...(port === undefined ? [] : [port.evidence]),
      ...(health === undefined ? [] : [`GET ${health.path} in ${health.where}`]),
    ],
    asks: await asksOfAll(project.pace, [...sources, ...env]),
  };
}

/** Unit tests stand below the code that they test. Their ports and paths are made up. */
const withoutTests = oncePerSource((source: Source): Source => {
  const tests = /^[ \t]*#\[cfg\(test\)\]/m.exec(source.text);
  return tests === null ? source : { ...source, text: source.text.slice(0, tests.index) };
});

/** A program that prints or converts something has none of these, although its library may depend on a framework. */
const startsServer =
  /\basync fn main\b|#\[(?:launch|\w+::main)\b|\bblock_on\b|\bRuntime::new\b|\bHttpServer\b|(?<!\bfn )\b(?:run|start|serve|launch|listen|main)\w{0,40}\(/;

const isServer = (main: Source, sources: readonly Source[]): boolean =>
  startsServer.test(main.text) && findInAny(sources, listens) !== undefined;

const listens =
  /\bserve\b|HttpServer::new|\.bind\(|TcpListener|\bSocketAddr\b|rocket::|#\[launch\]|\.launch\(\)|\.listen\(|Server::(?:builder|new|bind)|\.run\(|\b(?:run|start)\w*\(/;

interface RustPort {
  readonly number: number;
  readonly evidence: string;
}

async function portOfRocket(project: Project, cwd: string, framework: string): Promise<RustPort | undefined> {
  if (framework !== 'rocket') return undefined;
  const file = join(cwd, 'Rocket.toml');
  const config = project.has(file) ? parseToml((await project.text(file)) ?? '') : undefined;
  const number = portOf(textAt(dataAt(config, 'debug'), 'port') ?? textAt(dataAt(config, 'default'), 'port'));
  return number === undefined
    ? { number: 8000, evidence: "port 8000 is Rocket's default" }
    : { number, evidence: `port ${number} in ${file}` };
}

function portIn(sources: readonly Source[], env: readonly Source[]): RustPort | undefined {
  const variable = findInAny(sources, /\b(?:env::)?var\(\s*"((?:SERVER_|APP_|HTTP_)?PORT)"/)?.groups[0];
  const set = variable === undefined ? undefined : envValue(env, variable);
  const configured = portOf(set?.value);
  if (set !== undefined && configured !== undefined)
    return { number: configured, evidence: `port ${configured} in ${set.where}` };
  const found =
    findInAny(sources, /"(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\])?:(\d{2,5})"/) ??
    findInAny(sources, /\(\s*"(?:0\.0\.0\.0|127\.0\.0\.1|localhost)"\s*,\s*(\d{2,5})\s*\)/) ??
    findInAny(sources, /\[\s*\d+\s*,\s*0\s*,\s*0\s*,\s*\d+\s*\]\s*,\s*(\d{2,5})\s*\)/) ??
    findInAny(sources, /\b(?!\w*(?:DB|DATABASE|REDIS|PG|POSTGRES|SQL|SMTP|MAIL|MONGO)_?PORT)\w*port\b[^\n]{0,60}?\b(\d{4,5})\b/i);
  const number = portOf(found?.groups[0]);
  return found === undefined || number === undefined ? undefined : { number, evidence: `port ${number} in ${found.where}` };
}

/** Routers may be nested below a path. Then no path is certain. */
function healthOf(sources: readonly Source[]) {
  if (findInAny(sources, /\.nest\(|scope\(|\.mount\(\s*"\/[^"]/) !== undefined) return undefined;
  const routes = new RegExp(`(?:\\.route\\(\\s*|#\\[get\\(\\s*|\\.at\\(\\s*)"(${healthPattern})"`, 'g');
  return bestHealth(
    sources.flatMap((source) => findAllIn(source, routes).map(({ where, groups }) => ({ path: groups[0] ?? '', where }))),
  );
}
