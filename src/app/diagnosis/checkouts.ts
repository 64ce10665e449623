/** Which repository a folder belongs to: read from git's own files, since git may be absent and runs hooks of the workspace. */
import type { Checkout, Checkouts } from '../../core/diagnosis/facts';
import { isInside, joinPath, parentOf } from '../../core/workspaceFiles/paths';
import type { PortOwner, Reading } from '../../core/model/process';
import { known } from '../../core/model/process';
import type { Files } from './parts';

export async function readCheckouts(
  folder: string,
  owners: Promise<Reading<readonly PortOwner[]>>,
  files: Files,
): Promise<Reading<Checkouts>> {
  const found = await owners;
  const foreign = (found.kind === 'known' ? found.value : []).flatMap(({ process, cwd }) =>
    cwd === undefined || isInside(cwd, folder) ? [] : [{ pid: process.pid, cwd }],
  );
  if (foreign.length === 0) return known({ own: undefined, owners: new Map() });
  const own = await checkoutOf(folder, files);
  const theirs = await Promise.all(foreign.map(async ({ pid, cwd }) => [pid, await checkoutOf(cwd, files)] as const));
  return known({
    own,
    owners: new Map(theirs.flatMap(([pid, checkout]) => (checkout === undefined ? [] : [[pid, checkout] as const]))),
  });
}

/** In bytes; the log of HEAD is the longest. */
const limit = 1_048_576;

/** Undefined when no folder above belongs to git. */
async function checkoutOf(folder: string, files: Files): Promise<Checkout | undefined> {
  for (let at = folder, steps = 0; steps < 40; at = parentOf(at), steps++) {
    const place = joinPath(at, '.git');
    if ((await files.changedAt(place)) !== undefined) return describe(at, place, files);
    if (parentOf(at) === at) return undefined;
  }
  return undefined;
}

async function describe(root: string, place: string, files: Files): Promise<Checkout> {
  const { own, common } = await gitFolders(root, place, files);
  const [head, config, log] = await Promise.all([
    textOf(joinPath(own, 'HEAD'), files),
    textOf(joinPath(common, 'config'), files),
    textOf(joinPath(common, 'logs/HEAD'), files),
  ]);
  const branch = /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1]?.trim();
  const birth = log.split('\n', 1)[0]?.trim() ?? '';
  const remotes = [...config.matchAll(/^\s*url\s*=\s*(.+)$/gm)].map(([, url = '']) => url.trim());
  return {
    ...{ root, gitFolder: common, remotes },
    ...(birth === '' ? {} : { birth }),
    ...(branch === undefined ? {} : { branch }),
  };
}

/** A worktree's `.git` is a file that names its own git folder, see gitrepository-layout(5). */
async function gitFolders(root: string, place: string, files: Files): Promise<{ readonly own: string; readonly common: string }> {
  const pointer = /^gitdir:\s*(.+)$/m.exec(await textOf(place, files))?.[1]?.trim();
  const own = pointer === undefined ? place : joinPath(root, pointer);
  const common = (await textOf(joinPath(own, 'commondir'), files)).trim();
  return { own, common: common === '' ? own : joinPath(own, common) };
}

/** Empty when it cannot be read. */
const textOf = async (path: string, files: Files): Promise<string> => (await files.readText(path, limit)) ?? '';
