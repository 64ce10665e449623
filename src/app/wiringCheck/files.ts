/** Reads the few files of a workspace folder in which its parts are wired to one another. */
import { isInside, joinPath, nameOf } from '../../core/workspaceFiles/paths';
import { isStarterFile, isWiringFile, marksProject, mayHoldWiring } from '../../core/wiringCheck/files';
import { wordsOf } from '../../core/wiringCheck/scene';
import type { Party } from '../../core/wiringCheck/scene';
import type { Files } from '../diagnosis/parts';

/** Longest text that is read, in bytes; most texts; most folders; how deep below the folder of a service. */
const limits = { bytes: 65_536, texts: 120, folders: 150, depth: 2 } as const;

type Names = readonly string[];

/** Those in the folder itself, and those in and below the folders of its services. */
export async function readWiringFiles(
  folder: string,
  services: readonly Party[],
  files: Files,
): Promise<ReadonlyMap<string, string>> {
  const starts = [...new Set(services.map(({ cwd }) => cwd))];
  const listed = new Map<string, Names>();
  for (const start of new Set([folder, ...starts])) listed.set(start, await namesIn(start, files));
  for (const start of starts) await walk(start, { starts, services, listed, files });
  const found = [...listed].flatMap(([path, names]) => names.filter(isWiringFile).map((name) => joinPath(path, name)));
  const starters = (await namesIn(joinPath(folder, '.vscode'), files)).filter(isStarterFile);
  const paths = [...starters.map((name) => joinPath(joinPath(folder, '.vscode'), name)), ...found].slice(0, limits.texts);
  const texts = await Promise.all(paths.map(async (path) => [path, await files.readText(path, limits.bytes)] as const));
  return new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}

interface Walk {
  readonly starts: readonly string[];
  readonly services: readonly Party[];
  /** What is in the folders that were looked into. */
  readonly listed: Map<string, Names>;
  readonly files: Files;
}

/** Level by level, so that the bound cuts off what is deepest. */
async function walk(start: string, context: Walk): Promise<void> {
  const { starts, listed, files } = context;
  let level = [start];
  for (let depth = 0; depth < limits.depth && level.length > 0; depth++) {
    const below = level
      .flatMap((path) => (listed.get(path) ?? []).filter(mayHoldWiring).map((name) => joinPath(path, name)))
      .filter((path) => !starts.includes(path) && !listed.has(path))
      .slice(0, Math.max(0, limits.folders - listed.size));
    const read = await Promise.all(below.map(async (path) => [path, await namesIn(path, files)] as const));
    const own = read.filter(([path, names]) => names.length > 0 && !isAnotherProject(path, names, context));
    for (const [path, names] of own) listed.set(path, names);
    level = own.map(([path]) => path);
  }
}

/** A project that no service of the workspace runs has servers that nobody has described. */
function isAnotherProject(path: string, names: Names, { services }: Walk): boolean {
  const isNamed = services.some(({ spec, cwd }) => isInside(path, cwd) && wordsOf(spec).includes(nameOf(path)));
  return names.some(marksProject) && !isNamed;
}

async function namesIn(folder: string, files: Files): Promise<Names> {
  const names = await files.list(folder);
  return names.kind === 'known' ? [...names.value].sort() : [];
}
