/** Another copy of this repository serves the port: the browser shows other code than the editor. */
import { brief } from '../../wording/brief';
import { describeOwner } from '../../wording/owners';
import { t } from '../../wording/l10n';
import type { PortOwner } from '../../model/process';
import { freePort, startService, stopOwners, useFreePort } from '../actions';
import { foreignOwners, value } from '../queries';
import { isCopy } from '../copies';
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
        actions: [
          ...stopOwners(found.map(({ owner }) => owner)),
          ...(facts.spec.portChoice === undefined ? [useFreePort(id)] : []),
          ...[freePort(port), startService(id)],
        ],
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
