/** A service that it uses has another port now. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { restartService } from '../actions';
import { alive } from '../queries';
import type { Rule } from '../rule';

export const oldAddress: Rule = {
  code: 'old-address',
  explains: ['dependency-down', 'bad-status', 'proxy-mismatch', 'env-mismatch'],
  find(facts) {
    const [first] = facts.moved ?? [];
    if (first === undefined || alive(facts) === undefined) return [];
    const { key, id } = facts.spec;
    return [
      {
        severity: 'warning',
        title: t('{0} was started with an old address of {1}: port {2}, now {3}.', key, first.id, first.before, first.now),
        short: brief((name) => t('Old address of {0}', name), first.id),
        detail: t('It may reach another server there, or none. Restart it to pass it the new address.'),
        evidence: (facts.moved ?? []).map((moved) => t('{0} (port {1}, now {2})', moved.id, moved.before, moved.now)),
        actions: [restartService(id)],
      },
    ];
  },
};
