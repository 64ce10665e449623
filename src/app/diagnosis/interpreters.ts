/** Finds Python interpreters with a module that the interpreter of the service does not have. Reads folders and runs no interpreter. */
import { linesOf, matchSignatures } from '../../core/diagnosis/output';
import { joinPath } from '../../core/workspaceFiles/paths';
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

async function has({ packages }: Interpreter, module: string, files: Files): Promise<boolean> {
  const places = [module, `${module}.py`].map((name) => files.changedAt(joinPath(packages, name)));
  return (await Promise.all(places)).some((time) => time !== undefined);
}

/** Returns the virtual environments beside the code, and the interpreters of the system. */
async function interpreters(folders: readonly string[], files: Files): Promise<readonly Interpreter[]> {
  const environments = folders.flatMap((folder) => ['.venv', 'venv', 'env'].map((name) => joinPath(folder, name)));
  const own = await Promise.all(environments.map((folder) => environment(folder, files)));
  const system = await Promise.all(['/usr/local', '/opt/homebrew'].map((folder) => versions(folder, files)));
  const debian = { path: '/usr/bin/python3', packages: '/usr/lib/python3/dist-packages' };
  return [...own.flat(), debian, ...system.flat()];
}

async function environment(folder: string, files: Files): Promise<readonly Interpreter[]> {
  const windows = joinPath(folder, 'Lib/site-packages');
  if ((await files.changedAt(joinPath(folder, 'Scripts'))) !== undefined) {
    return [{ path: joinPath(folder, 'Scripts/python.exe'), packages: windows }];
  }
  const [found] = await versions(folder, files);
  return found === undefined ? [] : [{ ...found, path: joinPath(folder, 'bin/python') }];
}

async function versions(folder: string, files: Files): Promise<readonly Interpreter[]> {
  const names = await files.list(joinPath(folder, 'lib'));
  return (names.kind === 'known' ? names.value : [])
    .filter((name) => /^python3\.\d+$/.test(name))
    .map((name) => ({ path: joinPath(folder, `bin/${name}`), packages: joinPath(folder, `lib/${name}/site-packages`) }));
}
