/** Proposes the setup steps of a service: what the package manager and the environment of its command have to install. */
import type { ServiceConfig } from '../../core/config/schema';
import type { Candidate } from '../candidate';
import { splitWords } from '../command';
import { managerOf } from '../node/packages';
import { dataAt, parseJson } from '../read/formats';
import { join, parentOf, relative, upwards } from '../read/paths';
import type { Project } from '../read/project';

type Setup = NonNullable<ServiceConfig['setup']>;

/** Returns the candidate unchanged when nothing has to be installed, or when it is not clear how. */
export async function withSetup(project: Project, candidate: Candidate): Promise<Candidate> {
  const setup = candidate.source === 'container' ? [] : await setupOf(project, candidate);
  return setup.length === 0 ? candidate : { ...candidate, more: { ...candidate.more, setup } };
}

async function setupOf(project: Project, { command, cwd }: Candidate): Promise<Setup> {
  const [program = ''] = typeof command === 'string' ? splitWords(command) : command;
  if (/^(?:npm|npx|pnpm|yarn|bun|bunx|node|tsx|nodemon)$/.test(program)) return nodeSetup(project, cwd);
  return pythonSetup(project, cwd, program);
}

async function nodeSetup(project: Project, cwd: string): Promise<Setup> {
  const manifest = project.nearest(cwd, ['package.json']);
  if (manifest === undefined || !(await needsPackages(project, manifest))) return [];
  const root = await rootOf(project, parentOf(manifest));
  const { name } = await managerOf(project, parentOf(manifest));
  // Yarn 2 and later creates node_modules only when configured to.
  if (name === 'yarn' && project.has(join(root, '.yarnrc.yml'))) return [];
  return [{ name: 'install', command: `${name} install`, unless: relative(cwd, join(root, 'node_modules')) }];
}

async function needsPackages(project: Project, manifest: string): Promise<boolean> {
  const data = dataAt(parseJson((await project.text(manifest)) ?? ''));
  return ['dependencies', 'devDependencies'].some((key) => Object.keys(dataAt(data, key)).length > 0);
}

/** Returns the folder with the lock file and the packages: for a member of a workspace, the folder that declares it. */
async function rootOf(project: Project, folder: string): Promise<string> {
  for (const at of upwards(folder)) {
    if (project.has(join(at, 'pnpm-workspace.yaml'))) return at;
    const manifest = join(at, 'package.json');
    const text = at !== folder && project.has(manifest) ? await project.text(manifest) : undefined;
    if (text !== undefined && 'workspaces' in dataAt(parseJson(text))) return at;
  }
  return folder;
}

/** uv, Poetry and similar tools manage their environments themselves. Here the requirements are next to the environment. */
function pythonSetup(project: Project, cwd: string, program: string): Setup {
  const [, environment] = /^(.*\bv?env)[\\/](?:bin|Scripts)[\\/]python(?:\.exe)?$/.exec(program) ?? [];
  if (environment === undefined) return [];
  const unless = environment.replaceAll('\\', '/');
  const above = /^(?:\.\.\/)*/.exec(unless)?.[0] ?? '';
  const folder = upwards(cwd)[above.length / 3];
  if (folder === undefined || unless.slice(above.length).includes('/')) return [];
  if (!project.has(join(folder, 'requirements.txt'))) return [];
  return [{ name: 'install', command: `${program} -m pip install -r ${above}requirements.txt`, unless }];
}
