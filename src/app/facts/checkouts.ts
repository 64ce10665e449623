/** Which repository a folder belongs to: read from git's own files, since git may be absent and runs hooks of the workspace. */
import type { Checkout, Checkouts } from '../../core/diagnosis/facts';
import { isInside, joinPath, parentOf } from '../../core/diagnosis/paths';
import type { PortOwner, Reading } from '../../core/process';
import { known } from '../../core/process';
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

const limit = 65_536;

/** Undefined when no folder above belongs to git. */
async function checkoutOf(folder: string, files: Files): Promise<Checkout | undefined> {
  for (let at = folder, steps = 0; steps < 40; at = parentOf(at), steps++) {
    const place = joinPath(at, '.git');
    if ((await files.changedAt(place)) !== undefined) return describe(at, place, files);
    if (parentOf(at) === at) return undefined;
  }
  return undefined;
}

/** A worktree's `.git` is a file that names its own git folder, see gitrepository-layout(5). */
async function describe(root: string, place: string, files: Files): Promise<Checkout> {
  const pointer = /^gitdir:\s*(.+)$/m.exec((await files.readText(place, limit)) ?? '')?.[1]?.trim();
  const own = pointer === undefined ? place : joinPath(root, pointer);
  const common = (await files.readText(joinPath(own, 'commondir'), limit))?.trim();
  const gitFolder = common === undefined ? own : joinPath(own, common);
  const [head, config, log] = await Promise.all([
    files.readText(joinPath(own, 'HEAD'), limit),
    files.readText(joinPath(gitFolder, 'config'), limit),
    files.readText(joinPath(gitFolder, 'logs/HEAD'), limit * 16),
  ]);
  const branch = /^ref: refs\/heads\/(.+)$/m.exec(head ?? '')?.[1]?.trim();
  const birth = log?.split('\n', 1)[0]?.trim();
  const remotes = [...(config ?? '').matchAll(/^\s*url\s*=\s*(.+)$/gm)].map(([, url]) => (url ?? '').trim());
  return {
    ...{ root, gitFolder, remotes },
    ...(birth === undefined || birth === '' ? {} : { birth }),
    ...(branch === undefined ? {} : { branch }),
  };
}
