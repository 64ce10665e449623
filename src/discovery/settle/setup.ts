/** Proposes the setup steps of a service: what the package manager and the environment of its command have to install. */
import type { ServiceConfig } from '../../core/config/schema';
import type { Candidate } from '../candidate';
import { splitWords } from '../command';
import { managerOf } from '../node/packages';
import { systemPython } from '../python/interpreter';
import { requirementsFor } from '../python/requirements';
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
  if (program === 'conda') return condaSetup(project, cwd, words);
  const tool = verb === 'run' ? tools[program] : undefined;
  if (tool !== undefined) return tool;
  const environment = environmentOf(words);
  const folder = environment === undefined ? undefined : upwards(cwd)[environment.above.length / 3];
  if (environment === undefined || folder === undefined) return [];
  const { written, unless, above } = environment;
  const requirements = await requirementsFor(project, folder);
  if (requirements?.folder !== folder) return [];
  const command = `${program} -m pip install ${requirements.install(above)}`;
  const exists = (await project.text(join(folder, unless.slice(above.length), 'pyvenv.cfg'))) !== undefined;
  if (exists) return [{ name: 'install', command, unless }];
  const installed = installedProgram(requirements.text, words);
  return [
    { name: 'environment', command: `${systemPython(project)} -m venv ${written}`, unless },
    // Without a program to look for, pip looks itself before every start, which takes a second.
    { name: 'install', command, ...(installed === undefined ? {} : { unless: programIn(project, unless, installed) }) },
  ];
}

interface Environment {
  readonly written: string;
  /** With slashes. */
  readonly unless: string;
  /** "" or "../" several times. */
  readonly above: string;
}

/** Returns the virtual environment whose Python the command runs, if it is directly in a folder above. */
function environmentOf([program = '']: readonly string[]): Environment | undefined {
  const written = /^(.*\bv?env)[\\/](?:bin|Scripts)[\\/]python(?:\.exe)?$/.exec(program)?.[1];
  if (written === undefined) return undefined;
  const unless = written.replaceAll('\\', '/');
  const above = /^(?:\.\.\/)*/.exec(unless)?.[0] ?? '';
  return unless.slice(above.length).includes('/') ? undefined : { written, unless, above };
}

const programIn = ({ system }: Project, environment: string, name: string): string =>
  system === 'windows' ? `${environment}/Scripts/${name}.exe` : `${environment}/bin/${name}`;

/** The environment is made in the folder of its file, as VS Code's Python extension does it. */
function condaSetup(project: Project, cwd: string, words: readonly string[]): Setup {
  const file = project.nearest(cwd, ['environment.yml', 'environment.yaml']);
  const prefix = words[words.indexOf('-p') + 1];
  if (file === undefined || prefix === undefined || !words.includes('-p')) return [];
  return [
    {
      name: 'environment',
      command: `conda env create -p ${prefix} -f ${relative(cwd, file)}`,
      unless: prefix.replace(/^\.\//, ''),
    },
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
function installedProgram(text: string, words: readonly string[]): string | undefined {
  const listed = programs.filter(([, requirement]) => requirement.test(text)).map(([name]) => name);
  return listed.find((name) => words.includes(name)) ?? listed[0];
}
