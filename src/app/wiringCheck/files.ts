/** Reads the few files of a workspace folder that connect its services. */
import { isInside, joinPath, nameOf } from '../../core/workspaceFiles/paths';
import { isStarterFile, isWiringFile, marksProject, mayHoldWiring } from '../../core/wiringCheck/files';
import { configuredText } from '../../core/wiringCheck/context';
import type { WiringService } from '../../core/wiringCheck/context';
import type { Files } from '../diagnosis/parts';

const maxFileBytes = 65_536;
const maxFiles = 120;
const maxFolders = 150;
/** Levels below the folder of a service. */
const maxDepth = 2;

type Names = readonly string[];

/** Returns the contents by absolute path: of files in the folder itself, and in and below the folders of its services. */
export async function readWiringFiles(
  folder: string,
  services: readonly WiringService[],
  files: Files,
): Promise<ReadonlyMap<string, string>> {
  const starts = [...new Set(services.map(({ cwd }) => cwd))];
  const listed = new Map<string, Names>();
  for (const start of new Set([folder, ...starts])) listed.set(start, await namesIn(start, files));
  for (const start of starts) await walk(start, { starts, services, listed, files });
  const found = [...listed].flatMap(([path, names]) => names.filter(isWiringFile).map((name) => joinPath(path, name)));
  const starters = (await namesIn(joinPath(folder, '.vscode'), files)).filter(isStarterFile);
  const paths = [...starters.map((name) => joinPath(joinPath(folder, '.vscode'), name)), ...found].slice(0, maxFiles);
  const texts = await Promise.all(paths.map(async (path) => [path, await files.readText(path, maxFileBytes)] as const));
  return new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}

interface Walk {
  readonly starts: readonly string[];
  readonly services: readonly WiringService[];
  /** Names in the folders that were read, by folder. */
  readonly listed: Map<string, Names>;
  readonly files: Files;
}

/** Reads level by level, so that the limit leaves out the deepest folders. */
async function walk(start: string, options: Walk): Promise<void> {
  const { starts, listed, files } = options;
  let level = [start];
  for (let depth = 0; depth < maxDepth && level.length > 0; depth++) {
    const below = level
      .flatMap((path) => (listed.get(path) ?? []).filter(mayHoldWiring).map((name) => joinPath(path, name)))
      .filter((path) => !starts.includes(path) && !listed.has(path))
      .slice(0, Math.max(0, maxFolders - listed.size));
    const read = await Promise.all(below.map(async (path) => [path, await namesIn(path, files)] as const));
    const own = read.filter(([path, names]) => names.length > 0 && !isAnotherProject(path, names, options));
    for (const [path, names] of own) listed.set(path, names);
    level = own.map(([path]) => path);
  }
}

/** Whether the folder is a project that no service of the workspace runs: its servers are not configured. */
function isAnotherProject(path: string, names: Names, { services }: Walk): boolean {
  const isNamed = services.some(({ spec, cwd }) => isInside(path, cwd) && configuredText(spec).includes(nameOf(path)));
  return names.some(marksProject) && !isNamed;
}

async function namesIn(folder: string, files: Files): Promise<Names> {
  const names = await files.list(folder);
  return names.kind === 'known' ? [...names.value].sort() : [];
}
