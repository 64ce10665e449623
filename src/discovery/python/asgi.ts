/** FastAPI and other ASGI apps, started by uvicorn or by the script that runs uvicorn. */
import type { Detector } from '../candidate';
import { join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findAllIn, findIn, findInAny, oncePerSource } from '../read/source';
import type { Source } from '../read/source';
import { appsIn } from './apps';
import type { App } from './apps';
import { projectFolderOf } from './interpreter';
import { asPort, portInCall } from './ports';
import type { WrittenPort } from './ports';
import { runScript } from './runScript';
import { pythonServer } from './server';
import { mainBlock } from './mainBlock';
import { importedBy, moduleFile } from './modules';
import { moduleOf, pythonSources } from './sources';

/** ASGIApp is Socket.IO's wrapper around another app. */
const frameworks = 'FastAPI|Starlette|Litestar|Quart|ASGIApp';

export const asgi: Detector = async (project) => {
  const sources = await pythonSources(project);
  const made = await project.pace.map(await appsIn(project.pace, sources, frameworks), (app) => (isMounted(app) ? [] : [app]));
  const apps = made.flat();
  const found = await project.pace.map(chooseOnes(project, apps), (app) => propose(project, app, sources));
  const known = new Set(apps.map(({ source }) => source.file));
  const runners = sources.filter((source) => mainBlock(source) !== undefined && runsUnknown(source, known, sources));
  return [...found, ...(await project.pace.map(runners, (runner) => proposeRunner(project, runner, sources)))];
};

/** A script that runs uvicorn is enough, whatever makes the app. */
const runsUnknown = (source: Source, known: ReadonlySet<string>, sources: readonly Source[]): boolean => {
  if (!/\buvicorn\b/.test(source.text) || findIn(source, uvicornCall) === undefined || known.has(source.file)) return false;
  const files = modulesRunBy(source).flatMap((module) => moduleFile(module, source, sources)?.file ?? []);
  return !files.some((file) => known.has(file)) && known.size === 0;
};

function proposeRunner(project: Project, runner: Source, sources: readonly Source[]) {
  const port = portOfRunner(runner, sources);
  const call = findIn(runner, uvicornCall);
  const evidence = [`uvicorn.run() in ${call?.where ?? runner.file}`, portEvidence(port)];
  return pythonServer(project, { kind: 'asgi', ...runScript(project, runner), port: asPort(port, 8000), evidence }, sources);
}

/** `main.mount("/admin", admin)`: a part of another app. */
const isMounted = ({ source, name }: App): boolean =>
  findIn(source, new RegExp(`\\.mount\\([^)\\n]*[,(][ \\t]*(?:app[ \\t]*=[ \\t]*)?${name}\\b`)) !== undefined;

/** Returns one app per independent folder, and further ones that have their own port. */
function chooseOnes(project: Project, apps: readonly App[]): readonly App[] {
  const groups = new Map<string, App[]>();
  for (const app of apps) {
    const key = ownFolder(project, app);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(app);
  }
  return [...groups.values()].flatMap((group) => {
    const [best, ...others] = group.sort((a, b) => rank(a) - rank(b));
    const taken = new Set(best === undefined ? [] : [ownPort(best)]);
    const more = others.filter((app) => {
      const port = app.source.file === best?.source.file ? undefined : ownPort(app);
      if (port === undefined || taken.has(port)) return false;
      taken.add(port);
      return true;
    });
    return best === undefined ? [] : [best, ...more];
  });
}

const ownPort = ({ source }: App): number | undefined => uvicornPort(source)?.number;

const uvicornPort = oncePerSource((source) => portInCall(source, uvicornCall));

/** The port may be a constant or a setting of another module. */
const portOfRunner = (source: Source, sources: readonly Source[]): WrittenPort | undefined =>
  uvicornPort(source) ?? portInCall(source, uvicornCall, undefined, importedBy(source, sources));

const uvicornCall = /\buvicorn\.(?:run|Config)\s*\(/;

const rank = ({ framework, name, made }: App): number =>
  (framework === 'ASGIApp' ? -4 : 0) + (made === 'factory' ? 2 : 0) + (/^(?:app|application|api)$/.test(name) ? 0 : 1);

function ownFolder(project: Project, { source }: App): string {
  const folder = parentOf(source.file);
  const own = ['requirements.txt', 'pyproject.toml', 'Dockerfile'].some((name) => project.has(join(folder, name)));
  return own ? folder : moduleOf(project, source).cwd;
}

async function propose(project: Project, app: App, sources: readonly Source[]) {
  const { source, framework, where, written } = app;
  const runner = runsItself(source, sources)
    ? undefined
    : sources.find((other) => other.file !== source.file && runs(other, source, sources));
  const evidence = [`${written} in ${where}`];
  const ownDocs = framework === 'FastAPI' && !/\bdocs_url\b|\bopenapi_url\b/.test(source.text) ? { openPath: '/docs' } : {};
  if (runner !== undefined) {
    const port = portOfRunner(runner, sources);
    const call = findIn(runner, uvicornCall);
    const { cwd, args } = runScript(project, runner);
    const all = [...evidence, `uvicorn.run() in ${call?.where ?? runner.file}`, portEvidence(port)];
    return pythonServer(project, { kind: 'asgi', cwd, args, port: asPort(port, 8000), evidence: all, ...ownDocs }, sources);
  }
  const port = portOfRunner(source, sources);
  const { cwd, appDir, module } = place(project, source);
  const args = [
    '-m',
    'uvicorn',
    `${module}:${app.name}`,
    ...(app.made === 'factory' ? ['--factory'] : []),
    ...(appDir === undefined ? [] : ['--app-dir', appDir]),
    ...((await watchesFiles(project, cwd)) ? ['--reload'] : []),
    '--port',
    '${port}',
  ];
  evidence.push(portEvidence(port));
  return pythonServer(project, { kind: 'asgi', cwd, args, port: asPort(port, 8000), evidence, ...ownDocs }, sources);
}

const portEvidence = (port: WrittenPort | undefined): string =>
  port === undefined ? "port 8000 is uvicorn's default" : `port ${port.number} in ${port.where}`;

/** A project with a src folder is started from the folder above it. */
function place(project: Project, source: Source): { cwd: string; appDir?: string; module: string } {
  const { cwd, module } = moduleOf(project, source);
  const above = parentOf(cwd);
  const isSrc = nameOf(cwd) === 'src' && projectFolderOf(project, cwd) === above;
  return isSrc ? { cwd: above, appDir: 'src', module } : { cwd, module };
}

/** `uvicorn.run("app.main:app")`, or of an app that was imported from that file. A name means the file beside it first. */
const runs = (runner: Source, app: Source, sources: readonly Source[]): boolean =>
  modulesRunBy(runner).some((module) => moduleFile(module, runner, sources)?.file === app.file);

const runsItself = (source: Source, sources: readonly Source[]): boolean =>
  uvicornPort(source) !== undefined || runs(source, source, sources);

/** A script runs few servers. */
const maxRunCalls = 20;

const modulesRunBy = oncePerSource((runner): readonly string[] =>
  findAllIn(runner, /\buvicorn\.(?:run|Config)\s*\(\s*(?:app\s*=\s*)?(?:["']([\w.]+):\w+["']|(\w+))/g)
    .slice(0, maxRunCalls)
    .flatMap(({ groups: [module = '', name = ''] }) => {
      if (module !== '') return [module];
      const imported = findIn(runner, new RegExp(`from[ \\t]+\\.*([\\w.]+)[ \\t]+import[ \\t]+[^\\n]*\\b${name}\\b`));
      return imported === undefined ? [] : [imported.groups[0] ?? ''];
    }),
);

/** Without `watchfiles`, uvicorn checks every file below four times a second, including those of the virtual environment. */
async function watchesFiles(project: Project, cwd: string): Promise<boolean> {
  const manifests = ['requirements.txt', 'requirements-dev.txt', 'pyproject.toml', 'Pipfile'].flatMap(
    (name) => project.nearest(cwd, [name]) ?? [],
  );
  return (
    findInAny(
      await project.sources(manifests),
      /uvicorn\[standard\]|fastapi\[(?:standard|all)\]|\bwatchfiles\b|uvicorn\s*=\s*\{[^}\n]*standard/,
    ) !== undefined
  );
}
