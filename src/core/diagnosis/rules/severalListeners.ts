/** Several servers listen on one port: each connection reaches one of them, which may be stale. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { listOf } from '../../wording/listOf';
import type { Listener, PortOwner, ProcessRow } from '../../model/process';
import { describeOwner } from '../../wording/owners';
import { freePort, restartService, stopOwners } from '../actions';
import { isAnyAddress, isLoopback, listenersOf, membersOf, value } from '../queries';
import { connections, listensAs } from '../evidence';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import type { Rule } from '../rule';

export const severalListeners: Rule = {
  code: 'several-listeners',
  explains: ['hung', 'foreign-owner', 'close-wait', 'slow'],
  find(facts) {
    const { port } = facts.spec;
    const groups = serversOf(facts);
    if (port === undefined || groups.length < 2) return [];
    const own = new Set(membersOf(facts).map(({ pid }) => pid));
    const stale = groups.filter((pids) => !pids.some((pid) => own.has(pid)));
    const owners = value(facts.port.owners) ?? [];
    const shown = (pids: readonly number[]): string => wordsFor(pids, owners, own);
    return [
      {
        severity: 'error',
        title: t('{0} servers share port {1}: {2}.', groups.length, port, listOf(groups.map(shown), 'and')),
        short: brief(() => t('{0} servers share the port', groups.length)),
        detail: t(
          'The system passes each connection to one of them, so responses are mixed or missing. End the stale servers, then restart the service.',
        ),
        evidence: [...listenersOf(facts).map(listensAs), ...connections(facts)],
        actions: actionsOf(facts, port, stale),
      },
    ];
  },
};

/** A restart asks about all processes on the port and ends them together: with several stale ones it comes first. */
function actionsOf(facts: Facts, port: number, stale: readonly (readonly number[])[]): readonly FindingAction[] {
  const isStale = ({ process }: PortOwner): boolean => stale.some((pids) => pids.includes(process.pid));
  const each = stopOwners((value(facts.port.owners) ?? []).filter(isStale));
  const restart = restartService(facts.spec.id);
  return each.length > 1 ? [restart, ...each, freePort(port)] : [...each, freePort(port), restart];
}

/**
 * Groups the pids that listen on the port by process tree. Only loopback and wildcard addresses count, which a browser on this machine
 * can reach.
 */
function serversOf(facts: Facts): readonly (readonly number[])[] {
  const rows = value(facts.processes);
  const listeners = value(facts.port.listeners);
  if (rows === undefined || listeners === undefined) return [];
  const members = new Set(membersOf(facts).map(({ pid }) => pid));
  const related = relation(new Map(rows.map((row) => [row.pid, row])), members);
  const groups: number[][] = [];
  for (const { pids } of listeners.filter(isReached)) {
    if (pids.length === 0) continue;
    const same = groups.find((group) => group.some((one) => pids.some((other) => related(one, other))));
    if (same === undefined) groups.push([...pids]);
    else same.push(...pids.filter((pid) => !same.includes(pid)));
  }
  return groups;
}

const isReached = ({ address }: Listener): boolean => isAnyAddress(address) || isLoopback(address);

function relation(rows: ReadonlyMap<number, ProcessRow>, members: ReadonlySet<number>) {
  const isAbove = (pid: number, above: number): boolean => {
    for (let at = pid, steps = 0; at > 1 && steps < 100; at = rows.get(at)?.ppid ?? 0, steps++) if (at === above) return true;
    return false;
  };
  const groupOf = (pid: number): number | undefined => rows.get(pid)?.pgid;
  return (one: number, other: number): boolean =>
    (members.has(one) && members.has(other)) ||
    isAbove(one, other) ||
    isAbove(other, one) ||
    (groupOf(one) !== undefined && groupOf(one) === groupOf(other));
}

function wordsFor(pids: readonly number[], owners: readonly PortOwner[], own: ReadonlySet<number>): string {
  const owner = owners.find(({ process }) => pids.includes(process.pid));
  if (owner === undefined) return t('pid {0}', pids.join(', '));
  // It is a process of this very service.
  return describeOwner(own.has(owner.process.pid) ? { ...owner, origin: { kind: 'other' } } : owner);
}
