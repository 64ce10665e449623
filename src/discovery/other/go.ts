/** Go programs that serve HTTP, one per `package main`. */
import { defined } from '../../core/model/defined';
import type { Candidate, Detector } from '../candidate';
import { asksOfAll } from '../read/asks';
import { envFileOf, envSources, envValue, ownEnv } from '../read/envFiles';
import { bestHealth, healthPattern } from '../read/health';
import type { Route } from '../read/health';
import type { Pace } from '../read/pace';
import { isWithin, join, nameOf, parentOf, relative } from '../read/paths';
import type { Project } from '../read/project';
import { findAllIn, findIn, findInAny, portOf } from '../read/source';
import type { Source } from '../read/source';

const maxFiles = 80;

const serves =
  /\.?\bListenAndServe(?:TLS)?\(|\.(?:Run|Start|Listen)\(\s*(?:":|\w*[pP]ort|fmt\.Sprintf|os\.Getenv|\)|\w*[aA]ddr)|http\.Server\{/;

export const go: Detector = async (project) => {
  const modules = project.find(/^go\.mod$/).map(parentOf);
  const found = await project.pace.map(modules, (folder) => ofModule(project, folder, modules));
  return found.flat();
};

async function ofModule(project: Project, folder: string, modules: readonly string[]): Promise<readonly Candidate[]> {
  const inner = modules.filter((other) => other !== folder && isWithin(other, folder));
  const files = project
    .find(/(?<!_test)\.go$/)
    .filter((file) => isWithin(file, folder) && !inner.some((other) => isWithin(file, other)))
    .sort((a, b) => Number(nameOf(b) === 'main.go') - Number(nameOf(a) === 'main.go'));
  const sources = await project.sources(files.slice(0, maxFiles));
  const mains = sources.filter(({ text }) => /^package main\b/m.test(text) && /^func main\(\)/m.test(text));
  const served = mains.filter((main) => findInAny(ownOf(main, sources, mains.length), serves) !== undefined);
  return project.pace.map(served, (main) => propose(project, folder, { main, sources: ownOf(main, sources, mains.length) }));
}

/** A single program uses the whole module; each of several programs uses its own folder. */
function ownOf(main: Source, sources: readonly Source[], programs: number): readonly Source[] {
  const others = sources.filter((source) => source.file !== main.file);
  return [main, ...(programs === 1 ? others : others.filter(({ file }) => isWithin(file, parentOf(main.file))))];
}

async function propose(
  project: Project,
  cwd: string,
  { main, sources }: { readonly main: Source; readonly sources: readonly Source[] },
): Promise<Candidate> {
  const env = await envSources(project, cwd);
  const served = findInAny(sources, serves);
  const port = portOfGo(sources, ownEnv(env, cwd));
  const health = bestHealth((await project.pace.map(sources, (source) => routesOf(source, project.pace))).flat());
  const folder = relative(cwd, parentOf(main.file));
  return {
    name: nameOf(folder === '' ? cwd : folder),
    kind: `go ${folder}`,
    source: 'code',
    role: 'backend',
    cwd,
    command: ['go', 'run', folder === '' ? '.' : `./${folder}`],
    ...defined({
      port: port && { number: port.number, from: port.from, ...defined({ variable: port.variable }) },
      health: port && health?.path,
    }),
    more: envFileOf(project, cwd),
    evidence: [
      `func main() in ${findIn(main, /^func main\(\)/m)?.where ?? main.file}`,
      ...(served === undefined ? [] : [`it listens in ${served.where}`]),
      ...(port === undefined ? [] : [port.evidence]),
      ...(health === undefined ? [] : [`GET ${health.path} in ${health.where}`]),
    ],
    asks: await asksOfAll(project.pace, [...sources, ...env]),
  };
}

interface GoPort {
  readonly number: number;
  readonly from: 'written' | 'default';
  readonly variable?: string;
  readonly evidence: string;
}

function portOfGo(sources: readonly Source[], env: readonly Source[]): GoPort | undefined {
  const variable = findInAny(sources, /os\.(?:Getenv|LookupEnv)\("((?:\w+_)?PORT)"\)/)?.groups[0];
  const set = variable === undefined || /DB|REDIS|PG|SQL|SMTP/.test(variable) ? undefined : { variable };
  const inEnv = set === undefined ? undefined : envValue(env, set.variable);
  const configured = portOf(inEnv?.value.replace(/^:/, ''));
  if (configured !== undefined)
    return { number: configured, from: 'written', ...set, evidence: `port ${configured} in ${inEnv?.where ?? ''}` };
  const written =
    findInAny(sources, /(?:ListenAndServe(?:TLS)?|Run|Start|Listen|Addr:|addr|Addr|Port)\b[^\n]{0,60}?"[\w.]*:(\d{2,5})"/) ??
    findInAny(sources, /\b(?:port|Port|PORT|addr)\b"?[^\n]{0,40}?[:=,]\s*"?:?(\d{4,5})\b/);
  const number = portOf(written?.groups[0]);
  if (written !== undefined && number !== undefined)
    return { number, from: 'written', ...set, evidence: `port ${number} in ${written.where}` };
  const gin = findInAny(sources, /\.Run\(\s*\)/);
  return gin === undefined
    ? undefined
    : { number: 8080, from: 'default', variable: 'PORT', evidence: `port 8080 is Gin's default` };
}

const routes = new RegExp(`\\b(\\w+)\\.(?:HandleFunc|Handle|GET|Get|Any|All)\\(\\s*"(?:GET )?(${healthPattern})"`, 'g');

/** Routes of a group are below its path. Routes of a group that is created elsewhere are left out. */
async function routesOf(source: Source, pace: Pace): Promise<readonly Route[]> {
  const found = await pace.map(findAllIn(source, routes), ({ where, groups: [receiver = '', path = ''] }): readonly Route[] => {
    const group = findIn(source, new RegExp(`\\b${receiver}\\s*:?=\\s*(\\w+)\\.Group\\(\\s*"([^"]*)"`));
    if (group === undefined && /group|\brg\b|^v\d/i.test(receiver)) return [];
    return [{ path: join(group?.groups[1] ?? '', path).replace(/^/, '/'), where }];
  });
  return found.flat();
}
