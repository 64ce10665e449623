/** The service is listening on another port than services.json has. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { listOf } from '../../wording/listOf';
import { changeConfig, openConfig, setPort } from '../actions';
import { listensAs } from '../evidence';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { commandOf, listenersOf, value } from '../queries';
import { earlierPort, isPassing, realPorts } from '../realPorts';
import type { Rule } from '../rule';

export const wrongPort: Rule = {
  code: 'wrong-port',
  explains: ['not-listening', 'probe-failed'],
  find(facts) {
    const { port, portChoice, key, id } = facts.spec;
    const found = realPorts(facts);
    const [real] = found;
    // Listeners without visible pids may be processes of the service with other privileges.
    if (port === undefined || real === undefined || facts.port.listeners.kind !== 'known') return [];
    const unseen = listenersOf(facts).some(({ pids }) => pids.length === 0);
    if (unseen) return [];
    const before = earlierPort(facts, real);
    const isRandom = found.every((each) => isPassing(facts, each));
    return [
      {
        severity: 'error',
        title:
          before === undefined
            ? t('{0} is listening on port {1}, not on port {2}.', key, listOf(found.map(String), 'and'), port)
            : t('{0} takes a new port at each start ({1}, before {2}), not port {3}.', key, real, before, port),
        short: brief(() => t('Port {0} instead of {1}', real, port)),
        detail: detailOf(facts, isRandom),
        evidence: (value(facts.ownListeners) ?? []).map(listensAs),
        actions: [
          ...(isRandom ? passPort(facts) : []),
          ...(portChoice === undefined ? found.filter((each) => !isPassing(facts, each)).map((each) => setPort(id, each)) : []),
          openConfig(id),
        ],
      },
    ];
  },
};

function detailOf({ spec: { portChoice } }: Facts, isRandom: boolean): string {
  if (portChoice !== undefined)
    return t('It does not use the port that it got as PORT. Pass ${port} to it in "command", such as "--port ${port}".');
  return isRandom
    ? t('Its next start may have another port. Pass ${port} to it, in "command" or as a variable that it reads.')
    : t('Use the actual port, or use ${port} in "command".');
}

/** Many servers read PORT. One that gets the port in another way, or already has the variable, does not. */
function passPort(facts: Facts): readonly FindingAction[] {
  const hasIt = facts.spec.env['PORT'] !== undefined || value(facts.environment)?.has('PORT') !== false;
  if (hasIt || commandOf(facts).includes('${port}')) return [];
  return [changeConfig(t('Set PORT to {0}', '${port}'), facts.spec.id, { path: ['env', 'PORT'], value: '${port}' })];
}
