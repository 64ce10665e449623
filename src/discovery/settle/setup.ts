/** Proposes the setup steps of a service: what the package manager and the environment of its command have to install. */
import type { ServiceConfig } from '../../core/config/schema';
import type { Candidate } from '../candidate';
import { splitWords } from '../command';
import { managerOf } from '../node/packages';
import { systemPython } from '../python/interpreter';
import { dataAt, parseJson } from '../read/formats';
import { join, parentOf, relative, upwards } from '../read/paths';
import type { Project } from '../read/project';

type Setup = NonNullable<ServiceConfig['setup']>;

/** Returns the candidate unchanged when nothing has to be installed, or when it is not clear how. */
export async function withSetup(project: Project, candidate: Candidate): Promise<Candidate> {
  const setup = candidate.source === 'container' ? [] : await setupOf(project, candidate);
  return setup.length === 0 ? candidate : { ...candidate, more: { ...candidate.more, setup } };
}

async function setupOf(project: Project, { command, cwd, more }: Candidate): Promise<Setup> {
  const words = typeof command === 'string' ? splitWords(command) : command;
  const [program = ''] = words;
  if (/^(?:npm|npx|pnpm|yarn|bun|bunx|node|tsx|nodemon)$/.test(program)) return nodeSetup(project, cwd);
  return more?.setup ?? pythonSetup(project, cwd, words);
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

/** uv installs when it runs a program. The other tools have to be told. */
const tools: Readonly<Record<string, Setup>> = {
  poetry: [{ name: 'install', command: 'poetry install' }],
  pdm: [{ name: 'install', command: 'pdm install', unless: '.venv' }],
  pipenv: [{ name: 'install', command: 'pipenv install --dev' }],
};

async function pythonSetup(project: Project, cwd: string, words: readonly string[]): Promise<Setup> {
  const [program = '', verb] = words;
  const tool = verb === 'run' ? tools[program] : undefined;
  if (tool !== undefined) return tool;
  const [, environment] = /^(.*\bv?env)[\\/](?:bin|Scripts)[\\/]python(?:\.exe)?$/.exec(program) ?? [];
  if (environment === undefined) return [];
  const unless = environment.replaceAll('\\', '/');
  const above = /^(?:\.\.\/)*/.exec(unless)?.[0] ?? '';
  const folder = upwards(cwd)[above.length / 3];
  if (folder === undefined || unless.slice(above.length).includes('/')) return [];
  const requirements = join(folder, 'requirements.txt');
  if (!project.has(requirements)) return [];
  const command = `${program} -m pip install -r ${above}requirements.txt`;
  const exists = (await project.text(join(folder, unless.slice(above.length), 'pyvenv.cfg'))) !== undefined;
  if (exists) return [{ name: 'install', command, unless }];
  const installed = await installedProgram(project, requirements, words);
  const scripts = project.system === 'windows' ? 'Scripts' : 'bin';
  const ending = project.system === 'windows' ? '.exe' : '';
  return [
    { name: 'environment', command: `${systemPython(project)} -m venv ${environment}`, unless },
    // Without a program to look for, pip looks itself before every start, which takes a second.
    { name: 'install', command, ...(installed === undefined ? {} : { unless: `${unless}/${scripts}/${installed}${ending}` }) },
  ];
}

/** Packages that install a program of this name, the likely ones first. */
const programs: readonly (readonly [program: string, requirement: RegExp])[] = [
  ['uvicorn', /^uvicorn\b|^fastapi\[/im],
  ['flask', /^flask\b/im],
  ['django-admin', /^django\b/im],
  ['streamlit', /^streamlit\b/im],
  ['gradio', /^gradio\b/im],
  ['celery', /^celery\b/im],
  ['gunicorn', /^gunicorn\b/im],
  ['sanic', /^sanic\b/im],
  ['rq', /^rq\b/im],
  ['dotenv', /^python-dotenv\b/im],
];

/** Returns the program in the environment that is there once the requirements are installed. */
async function installedProgram(project: Project, requirements: string, words: readonly string[]): Promise<string | undefined> {
  const text = (await project.text(requirements)) ?? '';
  const listed = programs.filter(([, requirement]) => requirement.test(text)).map(([name]) => name);
  return listed.find((name) => words.includes(name)) ?? listed[0];
}
