/** Another copy of this repository serves the port: the browser shows other code than the editor. */
import { brief } from '../../wording/brief';
import { describeOwner } from '../../wording/owners';
import { t } from '../../wording/l10n';
import { withoutTrailing } from '../../model/withoutTrailing';
import type { PortOwner } from '../../model/process';
import { freePort, startService, stopOwners } from '../actions';
import { foreignOwners, value } from '../queries';
import type { Checkout, Facts } from '../facts';
import type { Rule } from '../rule';

export const wrongCheckout: Rule = {
  code: 'wrong-checkout',
  explains: ['address-in-use', 'foreign-owner', 'crashed', 'crash-loop', 'not-running', 'several-listeners'],
  find(facts) {
    const { port, key, id } = facts.spec;
    const found = copies(facts);
    const [first] = found;
    if (port === undefined || first === undefined) return [];
    const { root, branch } = first.checkout;
    return [
      {
        severity: 'error',
        title:
          branch === undefined
            ? t('Port {0} is served from another copy of this repository: {1}.', port, root)
            : t('Port {0} is served from another copy of this repository: {1} (branch {2}).', port, root, branch),
        short: brief(() => t('Port {0}: other checkout', port)),
        detail: t(
          'Port {0} does not serve the files that you edit here. End that process and start {1} here, or give one of them another port.',
          port,
          key,
        ),
        evidence: [
          ...found.map(({ owner }) => t('Port {0}: {1}', port, describeOwner(owner))),
          t('This copy: {0}', value(facts.checkouts)?.own?.root ?? facts.spec.folder),
        ],
        actions: [...stopOwners(found.map(({ owner }) => owner)), freePort(port), startService(id)],
      },
    ];
  },
};

function copies(facts: Facts): readonly { readonly owner: PortOwner; readonly checkout: Checkout }[] {
  const checkouts = value(facts.checkouts);
  const own = checkouts?.own;
  if (checkouts === undefined || own === undefined) return [];
  return foreignOwners(facts).flatMap((owner) => {
    const checkout = checkouts.owners.get(owner.process.pid);
    return checkout !== undefined && isCopy(own, checkout) ? [{ owner, checkout }] : [];
  });
}

/** Two worktrees share a git folder; two clones share a remote, or one is the remote of the other; a copied folder shares its log. */
function isCopy(one: Checkout, other: Checkout): boolean {
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
