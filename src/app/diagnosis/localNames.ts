/** Finds folders, files and packages of the workspace whose name the output reports as a missing module. Reads names of folders only. */
import { linesOf, matchSignatures } from '../../core/diagnosis/output';
import type { LocalName, LocalNames } from '../../core/diagnosis/packages/localNames';
import { nodePackageOf, topOf } from '../../core/diagnosis/packages/localNames';
import { fieldOf, jsonIn } from '../../core/diagnosis/packages/nodePackages';
import { known } from '../../core/model/process';
import type { Reading } from '../../core/model/process';
import { isInside, joinPath, nameOf, parentOf, upTo } from '../../core/workspaceFiles/paths';
import type { Files } from './parts';

/** Levels below the folder of the service and the workspace folder. */
const maxLevels = 2;
const maxFolders = 400;
const maxManifestBytes = 65_536;
/** Installed packages, results of builds, and what cannot contain modules of the user. */
const skipped = /^\.|^(?:node_modules|__pycache__|site-packages|dist|build|target|venv|env)$|\.[A-Za-z]{1,5}$/;

interface Missing {
  readonly python: ReadonlySet<string>;
  readonly node: ReadonlySet<string>;
}

interface Folder {
  readonly path: string;
  readonly names: readonly string[];
}

export async function readLocalNames(
  output: Reading<readonly string[]>,
  { cwd, folder }: { readonly cwd: string; readonly folder: string },
  files: Files,
): Promise<Reading<LocalNames>> {
  const missing = missingIn(linesOf({ output }));
  if (missing.python.size + missing.node.size === 0) return known(new Map());
  const folders = await walk(cwd, folder, files);
  const found = [...missing.python, ...missing.node].map(async (name) => {
    const own = missing.python.has(name) ? await pythonNames(name, folders, files) : await nodeNames(name, folders, files);
    return [missing.python.has(name) ? topOf(name) : nodePackageOf(name), own] as const;
  });
  return known(new Map((await Promise.all(found)).filter(([, own]) => own.length > 0)));
}

function missingIn(lines: readonly string[]): Missing {
  const named = (kind: 'pythonModule' | 'nodeModule') =>
    new Set(matchSignatures(lines, kind).flatMap(({ groups }) => groups['module'] ?? []));
  return { python: named('pythonModule'), node: named('nodeModule') };
}

/** Returns the folders with their names: those above the service, and those below it and below the workspace folder. */
async function walk(cwd: string, top: string, files: Files): Promise<readonly Folder[]> {
  const found = new Map<string, Folder>();
  const read = async (path: string): Promise<readonly string[]> => {
    const seen = found.get(path);
    if (seen !== undefined) return seen.names;
    const names = await files.list(path);
    if (names.kind === 'unavailable' || found.size >= maxFolders) return [];
    found.set(path, { path, names: names.value });
    // An environment of any name holds installed packages.
    return names.value.includes('pyvenv.cfg') ? [] : names.value;
  };
  let level: readonly string[] = [...new Set([...upTo(cwd, top), top])];
  for (let depth = 0; depth <= maxLevels; depth++) {
    const names = await Promise.all(level.map(async (path) => ({ path, names: await read(path) })));
    level = names.flatMap(({ path, names: below }) =>
      below.filter((name) => !skipped.test(name)).map((name) => joinPath(path, name)),
    );
  }
  return [...found.values()].filter(({ names }) => !names.includes('pyvenv.cfg'));
}

async function pythonNames(full: string, folders: readonly Folder[], files: Files): Promise<readonly LocalName[]> {
  const [name = '', ...rest] = full.split('.');
  const inside = folders.flatMap(({ path, names }) =>
    names.filter((each) => each === name || each === `${name}.py`).map((each) => ({ path: joinPath(path, each), root: path })),
  );
  // The workspace folder itself may be the package.
  const above = folders.filter(({ path }) => nameOf(path) === name).map(({ path }) => ({ path, root: parentOf(path) }));
  const distinct = new Map([...inside, ...above].map((each) => [each.path, each]));
  return Promise.all(
    [...distinct.values()].map(async ({ path, root }): Promise<LocalName> => {
      const kind = path.endsWith('.py') || (await holdsPython(path, files)) ? 'module' : 'other';
      return { path, root, kind, isWhole: await leadsTo(path, rest, files) };
    }),
  );
}

async function holdsPython(folder: string, files: Files): Promise<boolean> {
  const names = await files.list(folder);
  if (names.kind === 'unavailable') return false;
  if (names.value.some((name) => name.endsWith('.py'))) return true;
  const below = names.value.filter((name) => !skipped.test(name)).slice(0, 20);
  const inner = await Promise.all(below.map((name) => files.list(joinPath(folder, name))));
  return inner.some((each) => each.kind === 'known' && each.value.includes('__init__.py'));
}

async function leadsTo(path: string, rest: readonly string[], files: Files): Promise<boolean> {
  if (rest.length === 0) return true;
  const full = joinPath(path, rest.join('/'));
  return (await files.changedAt(`${full}.py`)) !== undefined || (await files.changedAt(full)) !== undefined;
}

async function nodeNames(module: string, folders: readonly Folder[], files: Files): Promise<readonly LocalName[]> {
  const name = nodePackageOf(module);
  const first = name.split('/')[0] ?? name;
  const packages = await Promise.all(
    folders
      .filter(({ names }) => names.includes('package.json'))
      .map(async ({ path }): Promise<readonly LocalName[]> => {
        const text = await files.readText(joinPath(path, 'package.json'), maxManifestBytes);
        return fieldOf(jsonIn(text), 'name') === name ? [{ path, root: parentOf(path), kind: 'package', isWhole: true }] : [];
      }),
  );
  const others = folders.flatMap(({ path, names }) =>
    names
      .filter((each) => each === first || each.replace(/\.[cm]?[jt]sx?$/, '') === first)
      .map((each): LocalName => ({ path: joinPath(path, each), root: path, kind: 'other', isWhole: true })),
  );
  const isPackage = (other: LocalName): boolean => packages.flat().some(({ path }) => isInside(other.path, path));
  return [...packages.flat(), ...others.filter((other) => !isPackage(other))];
}
