/** Working copies of one repository. */
import type { Checkout } from './facts';
import { withoutTrailing } from '../model/withoutTrailing';

/** Two worktrees share a git folder; two clones share a remote, or one is the remote of the other; a copied folder shares its log. */
export function isCopy(one: Checkout, other: Checkout): boolean {
  if (one.root === other.root) return false;
  if (one.gitFolder !== undefined && one.gitFolder === other.gitFolder) return true;
  if (one.birth !== undefined && one.birth === other.birth) return true;
  const remotes = other.remotes.map(plain);
  return (
    one.remotes.map(plain).some((remote) => remotes.includes(remote) || remote === plain(other.root)) ||
    remotes.includes(plain(one.root))
  );
}

/** `git@host:a/b.git` and `https://user@host/a/b` are the same repository. */
const plain = (url: string): string =>
  withoutTrailing(
    url
      .replace(/^\w+:\/\//, '')
      .replace(/^[^/@]*@/, '')
      .replace(/^([\w.-]+):(?!\d)/, '$1/'),
    '/',
  ).replace(/\.git$/, '');
