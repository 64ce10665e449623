/** Finds the Python interpreter for the code of a folder. */
import type { Words } from '../candidate';
import { dataAt, parseToml } from '../read/formats';
import { join, parentOf, relative, upwards } from '../read/paths';
import type { Project } from '../read/project';
import { parseYaml } from '../read/yaml';
import { requirementsFor } from './requirements';

export interface Interpreter {
  /** What precedes `-m …` or the script. */
  readonly words: Words;
  /** Where it was found; undefined for the system's Python. */
  readonly evidence?: string;
}

/** An existing environment needs no tool to find it, so it precedes the tools that would create one. */
export async function interpreterFor(project: Project, cwd: string): Promise<Interpreter> {
  return (
    (await environmentOf(project, cwd)) ??
    (await toolOf(project, cwd)) ??
    (await condaOf(project, cwd)) ??
    (await environmentToMake(project, cwd)) ?? { words: [systemPython(project)] }
  );
}

export const systemPython = ({ system }: Project): string => (system === 'windows' ? 'python' : 'python3');

/** The requirements have no environment yet: a setup step makes one beside them. */
async function environmentToMake(project: Project, cwd: string): Promise<Interpreter | undefined> {
  const requirements = await requirementsFor(project, cwd);
  if (requirements === undefined) return undefined;
  const environment = join(requirements.folder, '.venv');
  return { words: [programIn(project, relative(cwd, environment))], evidence: `no environment yet: setup makes ${environment}` };
}

const environments = ['.venv', 'venv', 'env', '.env', 'virtualenv'];

async function environmentOf(project: Project, cwd: string): Promise<Interpreter | undefined> {
  for (const folder of upwards(cwd)) {
    for (const name of environments) {
      const marker = join(folder, name, 'pyvenv.cfg');
      // `.env` is far more often a file than an environment.
      if (project.has(join(folder, name)) || (await project.text(marker)) === undefined) continue;
      return { words: [programIn(project, relative(cwd, join(folder, name)))], evidence: `virtual environment in ${marker}` };
    }
  }
  return undefined;
}

const programIn = (project: Project, environment: string): string =>
  project.system === 'windows' ? `${environment}/Scripts/python.exe` : `${environment}/bin/python`;

const locks: readonly (readonly [file: string, words: Words])[] = [
  ['uv.lock', ['uv', 'run', 'python']],
  ['poetry.lock', ['poetry', 'run', 'python']],
  ['pdm.lock', ['pdm', 'run', 'python']],
  ['Pipfile.lock', ['pipenv', 'run', 'python']],
  ['Pipfile', ['pipenv', 'run', 'python']],
];

async function toolOf(project: Project, cwd: string): Promise<Interpreter | undefined> {
  for (const folder of upwards(cwd)) {
    const lock = locks.find(([file]) => project.has(join(folder, file)));
    if (lock !== undefined) return { words: lock[1], evidence: `${lock[0].split('.')[0] ?? ''} by ${join(folder, lock[0])}` };
    const manifest = join(folder, 'pyproject.toml');
    const tools = project.has(manifest) ? dataAt(parseToml((await project.text(manifest)) ?? ''), 'tool') : {};
    for (const tool of ['uv', 'poetry', 'pdm']) {
      if (tool in tools) return { words: [tool, 'run', 'python'], evidence: `[tool.${tool}] in ${manifest}` };
    }
  }
  return undefined;
}

async function condaOf(project: Project, cwd: string): Promise<Interpreter | undefined> {
  for (const folder of upwards(cwd)) {
    // VS Code's Python extension creates its conda environments here.
    const own = join(folder, '.conda');
    if ((await project.text(join(own, 'conda-meta', 'history'))) !== undefined) {
      const prefix = relative(cwd, own);
      const program = project.system === 'windows' ? `${prefix}/python.exe` : `${prefix}/bin/python`;
      return { words: [program], evidence: `conda environment in ${own}` };
    }
  }
  const file = project.nearest(cwd, ['environment.yml', 'environment.yaml']);
  const data = file === undefined ? {} : dataAt(await parseYaml(project.pace, (await project.text(file)) ?? ''));
  if (file === undefined || !('name' in data || 'dependencies' in data)) return undefined;
  const prefix = relative(cwd, join(parentOf(file), '.conda'));
  return {
    words: ['conda', 'run', '--no-capture-output', '-p', condaPath(prefix), 'python'],
    evidence: `conda environment of ${file}: setup makes ${join(parentOf(file), '.conda')}`,
  };
}

/** conda takes a name without a slash for that of a shared environment. */
const condaPath = (prefix: string): string => (prefix.startsWith('../') ? prefix : `./${prefix}`);

/** Returns the folder of the nearest manifest, from which developers usually start the project. */
export const projectFolderOf = (project: Project, folder: string): string | undefined => {
  const manifest = project.nearest(folder, [
    'pyproject.toml',
    'requirements.txt',
    'Pipfile',
    'setup.py',
    'environment.yml',
    'manage.py',
  ]);
  return manifest === undefined ? undefined : parentOf(manifest);
};
