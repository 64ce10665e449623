/** Another process is listening on the port of the service. */
import { briefPortTaken } from '../../wording/briefFailure';
import { describeOwners } from '../../wording/owners';
import { t } from '../../wording/l10n';
import { freePort, openConfig, setPort, startService, stopOwners } from '../actions';
import { alive, commandOf, listenersOf, membersOf, foreignOwners, value } from '../queries';
import { listensAs } from '../evidence';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { isPassing, realPorts } from '../realPorts';
import type { Rule } from '../rule';

export const foreignOwner: Rule = {
  code: 'foreign-owner',
  explains: ['not-running', 'not-listening'],
  find(facts) {
    const { port, key } = facts.spec;
    if (port === undefined || !couldBeForeign(facts)) return [];
    const owners = foreignOwners(facts);
    const unseen = owners.length === 0 && isUnseen(facts);
    if (owners.length === 0 && !unseen) return [];
    const who = unseen ? unseenOwner(facts) : describeOwners(owners);
    const [real] = realPorts(facts);
    return [
      {
        severity: alive(facts) === undefined ? 'warning' : 'error',
        title: t('Port {0} is in use by {2}, not by {1}.', port, key, who),
        short: briefPortTaken(port, owners),
        detail: detailOf(facts, port, real),
        evidence: listenersOf(facts).map(listensAs),
        actions: [...stopOwners(owners), freePort(port), ...nextStep(facts, real)],
      },
    ];
  },
};

function nextStep(facts: Facts, real: number | undefined): readonly FindingAction[] {
  const { id } = facts.spec;
  if (real === undefined) return [startService(id)];
  return [isPassing(facts, real) ? openConfig(id) : setPort(id, real)];
}

function detailOf(facts: Facts, port: number, real: number | undefined): string {
  const { key } = facts.spec;
  if (alive(facts) === undefined) {
    return t('{0} is not running. End that process before you start {0}, or give {0} another port.', key);
  }
  return real === undefined
    ? t('{0} is running without that port; a browser that opens port {1} reaches the other process.', key, port)
    : t('{0} is listening on port {1}; a browser that opens port {2} reaches the other process.', key, real, port);
}

/** The port of a container belongs to Docker, as it should. Where a process of the service is listening as well, they share the port. */
function couldBeForeign(facts: Facts): boolean {
  const { kind } = facts.state.lifecycle;
  if (kind === 'stopping' || kind === 'external' || kind === 'launching') return false;
  if (/\b(?:docker|podman|nerdctl|docker-compose)\b/.test(commandOf(facts))) return false;
  const own = new Set(membersOf(facts).map(({ pid }) => pid));
  return !listenersOf(facts).some(({ pids }) => pids.some((pid) => own.has(pid)));
}

/** While a service is running, a listener without visible pids may be its own, with other privileges. */
const isUnseen = (facts: Facts): boolean =>
  alive(facts) === undefined &&
  value(facts.port.listeners) !== undefined &&
  listenersOf(facts).length > 0 &&
  listenersOf(facts).every(({ pids }) => pids.length === 0);

function unseenOwner(facts: Facts): string {
  const uid = listenersOf(facts)[0]?.uid;
  return uid === undefined
    ? t('a process that cannot be seen from here')
    : t('a process that cannot be seen from here (of user {0})', uid);
}
