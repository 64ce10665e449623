/** How a missing Python package is installed, and for which interpreter. */
import { commandOf, value } from '../queries';
import type { Facts, FileFacts } from '../facts';
import { linesOf } from '../output';
import { joinPath, nameOf, relativePath, upTo } from '../../workspaceFiles/paths';
import { lists, pythonPackageOf } from './pythonNames';

export const pythonFiles: readonly string[] = [
  'requirements.txt',
  'pyproject.toml',
  'uv.lock',
  'poetry.lock',
  'Pipfile',
  'alembic.ini',
];

/** A command, and the folder in which it runs. */
export interface Install {
  readonly command: string;
  readonly folder: string;
}

/** Tools of projects with a lock file: what they run for a package that the project lists, and for one that it does not list. */
const projectTools = [
  { lock: 'uv.lock', listedIn: 'pyproject.toml', install: 'uv sync', add: 'uv add' },
  { lock: 'poetry.lock', listedIn: 'pyproject.toml', install: 'poetry install', add: 'poetry add' },
  { lock: 'Pipfile', listedIn: 'Pipfile', install: 'pipenv install', add: 'pipenv install' },
] as const;

/**
 * Returns the install command: of the project's own tool when a lock file names one, else pip of the interpreter of the service. With
 * `mayName` false, undefined unless a file of the project lists the package; undefined also when the package is not known.
 */
export function pipInstall(module: string, facts: Facts, files: FileFacts | undefined, mayName: boolean): Install | undefined {
  const name = pythonPackageOf(module);
  if (name === undefined) return undefined;
  const folders = upTo(facts.cwd, facts.spec.folder);
  const textOf = (folder: string, file: string): string | undefined => files?.texts.get(joinPath(folder, file));
  for (const folder of folders) {
    const tool = projectTools.find(({ lock }) => files?.changed.has(joinPath(folder, lock)) === true);
    if (tool === undefined) continue;
    if (lists(textOf(folder, tool.listedIn), name)) return { command: tool.install, folder };
    return mayName ? { command: `${tool.add} ${name}`, folder } : undefined;
  }
  const listing = folders.find((folder) => lists(textOf(folder, 'requirements.txt'), name));
  if (listing === undefined && !mayName) return undefined;
  const wanted =
    listing === undefined ? name : `-r ${quotedPath(relativePath(facts.cwd, joinPath(listing, 'requirements.txt')))}`;
  return { command: withPip(facts, wanted), folder: facts.cwd };
}

/** Debian, Homebrew and others refuse pip for their own Python (PEP 668): then it is that of a virtual environment. */
function withPip(facts: Facts, wanted: string): string {
  const interpreter = interpreterOf(facts);
  const python = value(facts.python);
  const isSystem = /^(?:\/usr\/bin\/|\/opt\/homebrew\/bin\/)?python[\d.]*$/.test(interpreter);
  if (python?.isManaged !== true || !isSystem || value(facts.environment)?.has('VIRTUAL_ENV') === true)
    return `${quotedPath(interpreter)} -m pip install ${wanted}`;
  if (python.environment !== undefined)
    return `${quotedPath(relativePath(facts.cwd, python.environment))} -m pip install ${wanted}`;
  return `${interpreter} -m venv .venv && .venv/bin/python -m pip install ${wanted}`;
}

const interpreterWord = /(?:^|\s)((?:[^\s"']*[/\\])?(?:python(?:\d(?:\.\d+)?)?|py)(?:\.exe)?)(?=\s|$)/;
/** A program of a virtual environment, beside its interpreter. */
const environmentProgram = /^["']?([^\s"']*[/\\](?:bin|Scripts)[/\\])[^\s"'/\\]+/;

/** Returns the interpreter that the service uses, as far as its output or its command shows it. */
export function interpreterOf(facts: Facts): string {
  const isWindows = facts.host.platform === 'windows';
  const command = commandOf(facts);
  const named = interpreterWord.exec(command)?.[1];
  if (named !== undefined) return named;
  const beside = environmentProgram.exec(command)?.[1];
  if (beside !== undefined) return `${beside}${isWindows ? 'python.exe' : 'python'}`;
  return tracedInterpreter(linesOf(facts)) ?? (isWindows ? 'python' : 'python3');
}

/** The frames of a traceback show where the interpreter has its packages. */
function tracedInterpreter(lines: readonly string[]): string | undefined {
  const frames = lines.flatMap((line) => /^\s*File "([^"]+)", line \d+/.exec(line)?.[1] ?? []);
  for (const folder of [/^(\S+)\/lib\/python3\.\d+\/site-packages\//, /^(\S+)\/lib\/python3\.\d+\//]) {
    for (const frame of frames) {
      const prefix = folder.exec(frame)?.[1];
      if (prefix !== undefined) return prefix === '/usr' ? '/usr/bin/python3' : `${prefix}/bin/python3`;
    }
  }
  return frames.some((frame) => frame.startsWith('/usr/lib/python3/dist-packages/')) ? '/usr/bin/python3' : undefined;
}

/** Tools that `python -m` runs as their own program does. */
const moduleTools: ReadonlySet<string> = new Set(
  'celery daphne fastapi flask granian gunicorn hypercorn quart streamlit uvicorn waitress'.split(' '),
);

/** Returns the command of the service with another interpreter (an absolute path); undefined where only the user can decide that. */
export function withInterpreter(facts: Facts, interpreter: string): string | readonly string[] | undefined {
  const { command } = facts.spec;
  const path = relativePath(facts.cwd, interpreter);
  if (typeof command !== 'string') {
    const [program = '', ...rest] = command;
    if (isInterpreter(program)) return [path, ...rest];
    return moduleTools.has(program) ? [path, '-m', program, ...rest] : undefined;
  }
  // In a longer line of the shell, another folder may be meant.
  if (/[;&|`$<>()]/.test(command.replaceAll('${port}', ''))) return undefined;
  const found = /^(\S+)(\s[\s\S]*)?$/.exec(command.trim());
  const [, program = '', rest = ''] = found ?? [];
  if (isInterpreter(program)) return `${quotedPath(path)}${rest}`;
  return moduleTools.has(program) ? `${quotedPath(path)} -m ${program}${rest}` : undefined;
}

/** Returns the command with the interpreter of its program's folder: `bin/python -m uvicorn` for `bin/uvicorn`. */
export function toModuleCommand(facts: Facts, interpreter: string): string | readonly string[] | undefined {
  const { command } = facts.spec;
  const path = relativePath(facts.cwd, interpreter);
  const [word = '', ...rest] = typeof command === 'string' ? command.trim().split(/(?=\s)/) : command;
  const program = nameOf(word).replace(/\.exe$/, '');
  if (!moduleTools.has(program)) return undefined;
  return typeof command === 'string' ? `${quotedPath(path)} -m ${program}${rest.join('')}` : [path, '-m', program, ...rest];
}

const isInterpreter = (word: string): boolean => interpreterWord.exec(word)?.[1] === word;

const quotedPath = (path: string): string => (/[\s&()]/.test(path) ? `"${path}"` : path);
