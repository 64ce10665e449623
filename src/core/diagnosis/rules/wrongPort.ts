/** The service is listening on another port than services.json has. */
import { t } from '../../wording/l10n';
import { listOf } from '../../wording/listOf';
import { openConfig, setPort } from '../actions';
import { listensAs } from '../evidence';
import { listenersOf, value } from '../queries';
import { realPorts } from '../realPorts';
import type { Rule } from '../rule';

export const wrongPort: Rule = {
  code: 'wrong-port',
  explains: ['not-listening', 'probe-failed'],
  find(facts) {
    const { port, key, id } = facts.spec;
    const found = realPorts(facts);
    const [real] = found;
    // Listeners without visible pids may be processes of the service with other privileges.
    if (port === undefined || real === undefined || facts.port.listeners.kind !== 'known') return [];
    const unseen = listenersOf(facts).some(({ pids }) => pids.length === 0);
    if (unseen) return [];
    return [
      {
        severity: 'error',
        title: t('{0} is listening on port {1}, not on port {2}.', key, listOf(found.map(String), 'and'), port),
        detail: t('Use the actual port, or use ${port} in "command".'),
        evidence: (value(facts.ownListeners) ?? []).map(listensAs),
        actions: [...found.map((each) => setPort(id, each)), openConfig(id)],
      },
    ];
  },
};
