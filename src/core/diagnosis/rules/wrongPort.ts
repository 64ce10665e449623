/** It listens, but on another port than services.json says. */
import { t } from '../../wording/l10n';
import { openConfig, setPort } from '../actions';
import { listenersOf, place, value } from '../ask';
import { realPorts } from '../realPorts';
import type { Rule } from '../rule';

export const wrongPort: Rule = {
  code: 'wrong-port',
  explains: ['not-listening', 'probe-failed'],
  find(facts) {
    const { port, key, id } = facts.spec;
    const found = realPorts(facts);
    const [real] = found;
    // Where the port's own listeners could not be read, its processes may be there with other rights.
    if (port === undefined || real === undefined || facts.port.listeners.kind !== 'known') return [];
    const unseen = listenersOf(facts).some(({ pids }) => pids.length === 0);
    if (unseen) return [];
    return [
      {
        severity: 'error',
        title: t('{0} listens on port {1}, not on port {2}.', key, found.join(', '), port),
        detail: t('Use the port that it really has, or make "command" take ${port}.'),
        evidence: (value(facts.ownListeners) ?? []).map((listener) =>
          t('Listens: {0}, pid {1}', place(listener), listener.pids.join(', ')),
        ),
        actions: [...found.map((each) => setPort(id, each)), openConfig(id)],
      },
    ];
  },
};
