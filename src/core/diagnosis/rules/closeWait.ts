/** It does not close what its clients have left: sooner or later it has no descriptors, or no workers. */
import { t } from '../../wording/l10n';
import { restartService, showTerminal } from '../actions';
import { alive, value } from '../ask';
import { closeWaits } from '../closeWaits';
import type { Rule } from '../rule';

/** A few are on their way at any moment under load. */
const noticeable = 5;

export const closeWait: Rule = {
  code: 'close-wait',
  find(facts) {
    const left = closeWaits(facts) ?? 0;
    if (alive(facts) === undefined || left < noticeable) return [];
    const { key, id } = facts.spec;
    return [
      {
        severity: 'warning',
        title: t('{0} keeps {1} connections open that their clients have left (CLOSE_WAIT).', key, left),
        detail: t(
          'Each holds a descriptor, and a worker where one serves one connection. A restart clears them; the code must close a connection when its client goes.',
        ),
        evidence: [...(value(facts.connections) ?? [])].map(([state, count]) => `${state}: ${count}`),
        actions: [restartService(id), showTerminal(id)],
      },
    ];
  },
};
