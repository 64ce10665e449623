/** Somebody else's process answers on its port. */
import { describeOwner } from '../../explain';
import { freePort, setPort, startService, stopProcess } from '../actions';
import { alive, commandOf, listenersOf, membersOf, place, strangers, value } from '../ask';
import type { Facts } from '../facts';
import { realPorts } from '../realPorts';
import type { Rule } from '../rule';

export const foreignOwner: Rule = {
  code: 'foreign-owner',
  explains: ['not-running', 'not-listening'],
  find(facts) {
    const { port, key, id } = facts.spec;
    if (port === undefined || !couldBeForeign(facts)) return [];
    const owners = strangers(facts);
    const unseen = owners.length === 0 && isUnseen(facts);
    if (owners.length === 0 && !unseen) return [];
    const who = unseen ? unseenOwner(facts) : owners.map(describeOwner).join(', ');
    const [real] = realPorts(facts);
    return [
      {
        severity: alive(facts) === undefined ? 'warning' : 'error',
        title: `What answers on port ${port} is not ${key}, but ${who}.`,
        detail:
          alive(facts) === undefined
            ? `${key} is not running. Stop that process before you start it, or give ${key} another port.`
            : `${key} runs${real === undefined ? ' without that port' : ` and listens on port ${real}`}; a browser on port ${port} gets the other program.`,
        evidence: listenersOf(facts).map(
          (listener) => `Listens: ${place(listener)}, pid ${listener.pids.join(', ') || 'not visible'}`,
        ),
        actions: [
          ...owners.map(({ process }) => stopProcess(process)),
          freePort(port),
          ...(real === undefined ? [startService(id)] : [setPort(id, real)]),
        ],
      },
    ];
  },
};

/** A container's port belongs to Docker: that is as it should be. Where one of its own processes listens too, they share the port. */
function couldBeForeign(facts: Facts): boolean {
  const { kind } = facts.state.lifecycle;
  if (kind === 'stopping' || kind === 'external' || kind === 'launching') return false;
  if (/\b(?:docker|podman|nerdctl|docker-compose)\b/.test(commandOf(facts))) return false;
  const own = new Set(membersOf(facts).map(({ pid }) => pid));
  return !listenersOf(facts).some(({ pids }) => pids.some((pid) => own.has(pid)));
}

/** While a service runs, a listener without visible pids may be its own, with other rights. */
const isUnseen = (facts: Facts): boolean =>
  alive(facts) === undefined &&
  value(facts.port.listeners) !== undefined &&
  listenersOf(facts).length > 0 &&
  listenersOf(facts).every(({ pids }) => pids.length === 0);

function unseenOwner(facts: Facts): string {
  const uid = listenersOf(facts)[0]?.uid;
  return `a process that cannot be seen from here${uid === undefined ? '' : ` (of user ${uid})`}`;
}
