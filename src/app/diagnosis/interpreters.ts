/** Finds Python interpreters with a module that the interpreter of the service does not have. Reads folders and runs no interpreter. */
import { linesOf, matchSignatures } from '../../core/diagnosis/output';
import { defined } from '../../core/model/defined';
import type { PythonFacts } from '../../core/diagnosis/facts';
import { joinPath, nameOf } from '../../core/workspaceFiles/paths';
import type { Reading } from '../../core/model/process';
import { known } from '../../core/model/process';
import type { Files } from './parts';

interface Interpreter {
  readonly path: string;
  /** Folder of its packages. */
  readonly packages: string;
}

/** `used` is the command of the service: an interpreter in it is not another one. */
export async function readModules(
  output: Reading<readonly string[]>,
  { folders, used }: { readonly folders: readonly string[]; readonly used: string },
  files: Files,
): Promise<Reading<ReadonlyMap<string, readonly string[]>>> {
  const lines = linesOf({ output });
  const missing = new Set(matchSignatures(lines, 'pythonModule').flatMap(({ groups }) => groups['module']?.split('.')[0] ?? []));
  if (missing.size === 0) return known(new Map());
  const isUsed = (path: string): boolean => used.includes(path) || lines.some((line) => line.startsWith(`${path}:`));
  const found = (await interpreters(folders, files)).filter(({ path }) => !isUsed(path));
  const read = [...missing].map(async (module) => {
    const having = await Promise.all(found.map(async (each) => ((await has(each, module, files)) ? [each.path] : [])));
    return [module, having.flat()] as const;
  });
  return known(new Map(await Promise.all(read)));
}

/** Reads whether the system's Python refuses pip, and finds a virtual environment; only when the output reports a missing module. */
export async function readPython(
  output: Reading<readonly string[]>,
  folders: readonly string[],
  files: Files,
): Promise<Reading<PythonFacts>> {
  if (matchSignatures(linesOf({ output }), 'pythonModule').length === 0) return known({ isManaged: false });
  const found = (await Promise.all(environmentsIn(folders).map((folder) => environment(folder, files)))).flat();
  const libraries = await Promise.all(['/usr/lib', '/opt/homebrew/lib'].map((folder) => versionsIn(folder, files)));
  const marks = await Promise.all(libraries.flat().map((folder) => files.changedAt(joinPath(folder, 'EXTERNALLY-MANAGED'))));
  return known({ isManaged: marks.some((time) => time !== undefined), ...defined({ environment: found[0]?.path }) });
}

async function has({ packages }: Interpreter, module: string, files: Files): Promise<boolean> {
  const places = [module, `${module}.py`].map((name) => files.changedAt(joinPath(packages, name)));
  return (await Promise.all(places)).some((time) => time !== undefined);
}

/** Returns the virtual environments beside the code, and the interpreters of the system. */
async function interpreters(folders: readonly string[], files: Files): Promise<readonly Interpreter[]> {
  const own = await Promise.all(environmentsIn(folders).map((folder) => environment(folder, files)));
  const system = await Promise.all(['/usr/local', '/opt/homebrew'].map((folder) => versions(folder, files)));
  const debian = { path: '/usr/bin/python3', packages: '/usr/lib/python3/dist-packages' };
  return [...own.flat(), debian, ...system.flat()];
}

const environmentsIn = (folders: readonly string[]): readonly string[] =>
  [...new Set(folders)].flatMap((folder) => ['.venv', 'venv', 'env'].map((name) => joinPath(folder, name)));

async function environment(folder: string, files: Files): Promise<readonly Interpreter[]> {
  const windows = joinPath(folder, 'Lib/site-packages');
  if ((await files.changedAt(joinPath(folder, 'Scripts'))) !== undefined) {
    return [{ path: joinPath(folder, 'Scripts/python.exe'), packages: windows }];
  }
  const [found] = await versions(folder, files);
  return found === undefined ? [] : [{ ...found, path: joinPath(folder, 'bin/python') }];
}

async function versions(folder: string, files: Files): Promise<readonly Interpreter[]> {
  const found = await versionsIn(joinPath(folder, 'lib'), files);
  return found.map((path) => ({ path: joinPath(folder, `bin/${nameOf(path)}`), packages: joinPath(path, 'site-packages') }));
}

/** Returns the folders of the versions of Python, such as `lib/python3.11`. */
async function versionsIn(folder: string, files: Files): Promise<readonly string[]> {
  const names = await files.list(folder);
  return (names.kind === 'known' ? names.value : [])
    .filter((name) => /^python3\.\d+$/.test(name))
    .map((name) => joinPath(folder, name));
}
