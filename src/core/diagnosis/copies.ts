/** Working copies of one repository. */
import type { Checkout } from './facts';
import { withoutTrailing } from '../model/withoutTrailing';
import { isSamePath } from '../workspaceFiles/paths';

/** Two worktrees share a git folder; two clones share a remote, or one is the remote of the other; a copied folder shares its log. */
export function isCopy(one: Checkout, other: Checkout): boolean {
  if (isSame(one.root, other.root)) return false;
  if (isSame(one.gitFolder, other.gitFolder)) return true;
  if (one.birth !== undefined && one.birth === other.birth) return true;
  const remotes = other.remotes.map(plain);
  return (
    one.remotes.map(plain).some((remote) => remotes.includes(remote) || remote === plain(other.root)) ||
    remotes.includes(plain(one.root))
  );
}

/** The system shows the folder of a process as it is on disk, which macOS and Windows do not ask of others. */
const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && isSamePath(one, other, 'loose');

/** `git@host:a/b.git` and `https://user@host/a/b` are the same repository. */
const plain = (url: string): string =>
  withoutTrailing(
    url
      .replace(/^\w+:\/\//, '')
      .replace(/^[^/@]*@/, '')
      .replace(/^([\w.-]+):(?!\d)/, '$1/'),
    '/',
  ).replace(/\.git$/, '');
