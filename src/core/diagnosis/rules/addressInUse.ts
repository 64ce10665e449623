/** The service could not bind its port, because another process is listening there. */
import type { Brief } from '../../wording/brief';
import { briefFailure, briefPortTaken } from '../../wording/briefFailure';
import { describeHolders, describeOwner, describeOwners } from '../../wording/owners';
import { t } from '../../wording/l10n';
import { defined } from '../../model/defined';
import type { PortOwner } from '../../model/process';
import { freePort, openConfig, startService, stopOwners } from '../actions';
import { failureOf, isTroubled, foreignOwners } from '../queries';
import type { Facts } from '../facts';
import { latestMatch, quoted } from '../output';
import type { Rule } from '../rule';

export const addressInUse: Rule = {
  code: 'address-in-use',
  explains: ['foreign-owner', 'crashed', 'crash-loop', 'not-running', 'reloader-alone', 'not-listening', 'wrong-port'],
  find(facts) {
    const clash = clashOf(facts);
    if (clash === undefined) return [];
    const { port, line } = clash;
    const { key, id } = facts.spec;
    const owners = clash.owners ?? (port === facts.spec.port ? foreignOwners(facts) : []);
    const who = owners.length === 0 ? clash.owner : describeOwners(owners);
    return [
      {
        severity: 'error',
        title: titleOf(key, port, who),
        short: clash.short ?? briefPortTaken(port, owners),
        detail:
          who === undefined
            ? t('The process that used the port has exited or is not visible. If the port is free now, start the service again.')
            : t('Only one server can listen on an address: end the other process, or give the service another port.'),
        evidence: [
          ...(line === undefined ? [] : [quoted(line)]),
          ...owners.map((owner) => (port === undefined ? describeOwner(owner) : t('Port {0}: {1}', port, describeOwner(owner)))),
        ],
        actions: [...stopOwners(owners), ...(port === undefined ? [] : [freePort(port)]), startService(id), openConfig(id)],
      },
    ];
  },
};

function titleOf(key: string, port: number | undefined, who: string | undefined): string {
  if (port === undefined) {
    return who === undefined
      ? t('{0} could not bind its port: address already in use.', key)
      : t('{0} could not bind its port: it is in use by {1}.', key, who);
  }
  return who === undefined
    ? t('{0} could not bind port {1}: address already in use.', key, port)
    : t('{0} could not bind port {1}: it is in use by {2}.', key, port, who);
}

interface Clash {
  readonly port: number | undefined;
  /** Who held it when it failed, in words. */
  readonly owner?: string;
  readonly short?: Brief;
  readonly owners?: readonly PortOwner[];
  readonly line?: string;
}

function clashOf(facts: Facts): Clash | undefined {
  const { lifecycle } = facts.state;
  if (lifecycle.kind === 'launching' && lifecycle.phase.kind === 'blocked') {
    return { port: facts.spec.port, owners: lifecycle.phase.owners };
  }
  const failure = failureOf(facts);
  if (failure?.kind === 'portTaken')
    return { port: failure.port, owner: describeOwners(failure.owners), short: briefFailure(failure) };
  if (failure?.kind === 'portStillHeld')
    return { port: failure.port, owner: describeHolders(failure.holders), short: briefFailure(failure) };
  if (!isTroubled(facts)) return undefined;
  const match = latestMatch(facts, 'addressInUse');
  if (match !== undefined) {
    const named = match.groups['port'];
    return { port: named === undefined ? facts.spec.port : Number(named), line: match.line };
  }
  if (failure?.kind !== 'crashed' || failure.repeats !== 'addressInUse') return undefined;
  return { port: facts.spec.port, ...defined({ line: failure.end.lastLine }) };
}
