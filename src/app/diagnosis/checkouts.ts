/** Finds the repository of a folder. Reads git's own files, because git may not be installed and can run hooks of the workspace. */
import type { Checkout, Checkouts } from '../../core/diagnosis/facts';
import { isInside, joinPath, parentOf } from '../../core/workspaceFiles/paths';
import { defined } from '../../core/model/defined';
import type { PortOwner, Reading } from '../../core/model/process';
import { known } from '../../core/model/process';
import type { Files } from './parts';

export async function readCheckouts(
  folder: string,
  owners: Promise<Reading<readonly PortOwner[]>>,
  files: Files,
): Promise<Reading<Checkouts>> {
  const [found, real] = await Promise.all([owners, files.realPath(folder)]);
  const isOwn = (cwd: string): boolean => [folder, real].some((each) => isInside(cwd, each, 'loose'));
  const foreign = (found.kind === 'known' ? found.value : []).flatMap(({ process, cwd }) =>
    cwd === undefined || isOwn(cwd) ? [] : [{ pid: process.pid, cwd }],
  );
  if (foreign.length === 0) return known({ own: undefined, owners: new Map() });
  const own = await checkoutOf(real, files);
  const theirs = await Promise.all(foreign.map(async ({ pid, cwd }) => [pid, await checkoutOf(cwd, files)] as const));
  return known({
    own,
    owners: new Map(theirs.flatMap(([pid, checkout]) => (checkout === undefined ? [] : [[pid, checkout] as const]))),
  });
}

/** The log of HEAD is the longest file. */
const maxFileBytes = 1_048_576;
const maxParentFolders = 40;

/** Returns undefined when no parent folder belongs to git. */
async function checkoutOf(folder: string, files: Files): Promise<Checkout | undefined> {
  for (let at = folder, steps = 0; steps < maxParentFolders; at = parentOf(at), steps++) {
    const gitPath = joinPath(at, '.git');
    if ((await files.changedAt(gitPath)) !== undefined) return describe(at, gitPath, files);
    if (parentOf(at) === at) return undefined;
  }
  return undefined;
}

async function describe(root: string, gitPath: string, files: Files): Promise<Checkout> {
  const { own, common } = await gitFolders(root, gitPath, files);
  const [head, config, log] = await Promise.all([
    textOf(joinPath(own, 'HEAD'), files),
    textOf(joinPath(common, 'config'), files),
    textOf(joinPath(common, 'logs/HEAD'), files),
  ]);
  const branch = /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1]?.trim();
  const birth = log.split('\n', 1)[0]?.trim();
  const remotes = [...config.matchAll(/^[ \t]*url[ \t]*=[ \t]*(.+)$/gm)].map(([, url = '']) => url.trim());
  return { root, gitFolder: common, remotes, ...defined({ birth: birth === '' ? undefined : birth, branch }) };
}

/** In a worktree `.git` is a file with the path of the git folder, see gitrepository-layout(5). */
async function gitFolders(
  root: string,
  gitPath: string,
  files: Files,
): Promise<{ readonly own: string; readonly common: string }> {
  const pointer = /^gitdir:[ \t]*(.+)$/m.exec(await textOf(gitPath, files))?.[1]?.trim();
  const own = pointer === undefined ? gitPath : joinPath(root, pointer);
  const common = (await textOf(joinPath(own, 'commondir'), files)).trim();
  return { own, common: common === '' ? own : joinPath(own, common) };
}

/** Returns an empty string when the file cannot be read. */
const textOf = async (path: string, files: Files): Promise<string> => (await files.readText(path, maxFileBytes)) ?? '';
