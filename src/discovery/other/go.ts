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

const maxFiles = 150;

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
  // Programs are near the top, or in cmd. All other files are read when a program imports them.
  const likely = files.filter((file) => nameOf(file) === 'main.go' || parentOf(file) === folder || /(?:^|\/)cmd\//.test(file));
  const sources = await project.sources(likely.slice(0, maxFiles));
  const manifest = await project.source(join(folder, 'go.mod'));
  const module = {
    folder,
    files,
    name: manifest === undefined ? '' : (findIn(manifest, /^module[ \t]+(\S+)/m)?.groups[0] ?? ''),
  };
  const mains = sources.filter(({ text }) => /^package main\b/m.test(text) && /^func main\(\)/m.test(text));
  const found = await project.pace.map(mains, async (main) => {
    const own = await usedBy(project, main, module);
    if (findInAny(own, serves) !== undefined) return propose(project, folder, { main, sources: own });
    return isWorker(main) ? worker(project, folder, main) : undefined;
  });
  return found.filter((candidate) => candidate !== undefined);
}

interface Module {
  readonly folder: string;
  readonly name: string;
  readonly files: readonly string[];
}

/** A program consists of its folder and the packages that it imports, directly or not. */
async function usedBy(project: Project, main: Source, { folder, name, files }: Module): Promise<readonly Source[]> {
  const folders = new Set([parentOf(main.file)]);
  const used: Source[] = [];
  // A set is visited in the order of insertion, with what is added meanwhile.
  for (const at of folders) {
    if (used.length >= maxFiles) break;
    const own = await project.sources(files.filter((file) => parentOf(file) === at).slice(0, maxFiles));
    used.push(...own);
    for (const path of name === '' ? [] : own.flatMap((source) => importsOf(source, { folder, name }))) folders.add(path);
  }
  return [main, ...used.filter((source) => source !== main)];
}

const importsOf = (source: Source, { folder, name }: { folder: string; name: string }): readonly string[] =>
  findAllIn(source, /^[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?"([\w./@-]+)"[ \t]*$/gm).flatMap(({ groups: [path = ''] }) =>
    path.startsWith(`${name}/`) ? [join(folder, path.slice(name.length + 1))] : [],
  );

/** A program that serves nothing is a worker when its folder says so: others end when their work is done. */
const isWorker = ({ file }: Source): boolean =>
  /^(?:[\w-]*[-_])?(?:worker|consumer|processor|scheduler|cron|queue|jobs|indexer|subscriber|listener|daemon|agent)s?$/.test(
    nameOf(parentOf(file)),
  );

function worker(project: Project, cwd: string, main: Source): Candidate {
  const folder = relative(cwd, parentOf(main.file));
  return {
    name: nameOf(folder),
    kind: `go ${folder}`,
    source: 'code',
    role: 'worker',
    cwd,
    command: ['go', 'run', `./${folder}`],
    more: envFileOf(project, cwd),
    evidence: [`func main() in ${findIn(main, /^func main\(\)/m)?.where ?? main.file}`],
  };
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
    command: ['go', 'run', folder === '' ? '.' : `./${folder}`, ...subcommandIn(sources)],
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

/** A command line of Cobra may serve only by a subcommand. */
function subcommandIn(sources: readonly Source[]): readonly string[] {
  const found = findInAny(sources, /\bUse:\s*"(serve|server|web|start|api)"/);
  return found === undefined || findInAny(sources, /cobra\.Command\{/) === undefined ? [] : [found.groups[0] ?? ''];
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
    findInAny(
      sources,
      /(?<!Remote)(?:ListenAndServe(?:TLS)?|Run|Start|Listen|Addr:|\baddr|\bAddr|Port)\b[^\n]{0,60}?"[\w.]*:(\d{2,5})"/,
    ) ?? findInAny(sources, /\b(?:port|Port|PORT|addr)\b"?[^\n]{0,40}?[:=,]\s*"?:?(\d{2,5})\b/);
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
