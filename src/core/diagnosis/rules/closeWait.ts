/** The service does not close the connections that its clients closed: it will run out of file descriptors or workers. */
import { briefUnclosed } from '../../wording/briefFailure';
import { t } from '../../wording/l10n';
import { restartService, showTerminal } from '../actions';
import { alive, value } from '../queries';
import { closeWaits } from '../closeWaits';
import type { Rule } from '../rule';

/** Under load a few connections are in this state at any moment. */
const minConnections = 5;

export const closeWait: Rule = {
  code: 'close-wait',
  find(facts) {
    const left = closeWaits(facts) ?? 0;
    if (alive(facts) === undefined || left < minConnections) return [];
    const { key, id } = facts.spec;
    return [
      {
        severity: 'warning',
        title: t('{0} keeps {1} connections open that their clients have closed (CLOSE_WAIT).', key, left),
        short: briefUnclosed(left),
        detail: t(
          'Each one uses a file descriptor, and often a worker. A restart closes them; the code must close a connection when its client does.',
        ),
        evidence: [...(value(facts.connections) ?? [])].map(([state, count]) => `${state}: ${count}`),
        actions: [restartService(id), showTerminal(id)],
      },
    ];
  },
};
