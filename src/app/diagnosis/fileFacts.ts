/** Reads small files of the workspace that concern a service. Runs nothing. */
import type { FileFacts, Neighbour } from '../../core/diagnosis/facts';
import { nodeFiles } from '../../core/diagnosis/packages/nodePackages';
import { joinPath, nameOf, upTo } from '../../core/workspaceFiles/paths';
import { pythonFiles } from '../../core/diagnosis/packages/pythonPackages';
import { envFileNames } from '../../core/diagnosis/rules/missingEnv';
import { djangoSettings, isRailsEnvironment, railsEnvironments } from '../../core/workspaceFiles/allowedHosts';
import { isComposeFile } from '../../core/workspaceFiles/compose';
import { isProxyFile, isServerFile } from '../../core/workspaceFiles/files';
import type { Reading } from '../../core/model/process';
import { defined } from '../../core/model/defined';
import { known } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import type { Files } from './parts';

const maxFileBytes = 65_536;
const maxFiles = 80;

const managePy = 'manage.py';

export async function readFiles(
  spec: ServiceSpec,
  cwd: string,
  others: readonly Pick<Neighbour, 'cwd'>[],
  files: Files,
): Promise<Reading<FileFacts>> {
  const above = upTo(cwd, spec.folder);
  const folders = [...new Set([...above, spec.folder, ...others.map((other) => other.cwd)])];
  const sources = folders.flatMap((folder) => sourceFolders.map((name) => joinPath(folder, name)));
  const wanted = (await Promise.all([...new Set([...folders, ...sources])].map((folder) => textsIn(folder, files)))).flat();
  const [texts, changed, real] = await Promise.all([
    readAll(wanted.slice(0, maxFiles), files),
    stamps(above, files),
    files.realPath(cwd),
  ]);
  const named = [...texts].flatMap(([path, text]) => settingsBeside(path, text));
  const realCwd = real === cwd ? undefined : real;
  return known({ texts: new Map([...texts, ...(await readAll(named, files))]), changed, ...defined({ realCwd }) });
}

/** Folders in which servers usually have the file with their allowed origins. */
const sourceFolders = ['src', 'app', 'config', railsEnvironments];

/** The settings of Django are in a folder that only manage.py names. */
function settingsBeside(path: string, text: string): readonly string[] {
  const settings = nameOf(path) === managePy ? djangoSettings(text) : undefined;
  return settings === undefined ? [] : [joinPath(path.slice(0, -managePy.length), settings)];
}

const plain: ReadonlySet<string> = new Set([
  'package.json',
  'pnpm-workspace.yaml',
  'tsconfig.json',
  'jsconfig.json',
  'requirements.txt',
  'pyproject.toml',
  'Pipfile',
  managePy,
  ...envFileNames,
]);

async function textsIn(folder: string, files: Files): Promise<readonly string[]> {
  const names = await files.list(folder);
  const found = names.kind === 'known' ? names.value : [];
  return found
    .filter(
      (name) => plain.has(name) || isProxyFile(name) || isServerFile(name) || isComposeFile(name) || isRailsEnvironment(name),
    )
    .map((name) => joinPath(folder, name));
}

async function readAll(paths: readonly string[], files: Files): Promise<ReadonlyMap<string, string>> {
  const read = await Promise.all(paths.map(async (path) => [path, await files.readText(path, maxFileBytes)] as const));
  return new Map(read.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}

async function stamps(folders: readonly string[], files: Files): Promise<ReadonlyMap<string, number>> {
  const paths = folders.flatMap((folder) => [...nodeFiles, ...pythonFiles].map((name) => joinPath(folder, name)));
  const read = await Promise.all(paths.map(async (path) => [path, await files.changedAt(path)] as const));
  return new Map(read.flatMap(([path, time]) => (time === undefined ? [] : [[path, time] as const])));
}
