/** It could not have its port, because somebody else listens there. */
import { describeOwner } from '../../wording/owners';
import { t } from '../../wording/l10n';
import type { PortOwner } from '../../model/process';
import { freePort, openConfig, startService, stopProcess } from '../actions';
import { failureOf, isTroubled, strangers } from '../ask';
import type { Facts } from '../facts';
import { lastTold, quoted } from '../output';
import type { Rule } from '../rule';

export const addressInUse: Rule = {
  code: 'address-in-use',
  explains: ['foreign-owner', 'crashed', 'crash-loop', 'not-running', 'reloader-alone', 'not-listening', 'wrong-port'],
  find(facts) {
    const clash = clashOf(facts);
    if (clash === undefined) return [];
    const { port, line } = clash;
    const { key, id } = facts.spec;
    const owners = clash.owners ?? (port === facts.spec.port ? strangers(facts) : []);
    const shown = owners.map(describeOwner).join(', ');
    const who = shown !== '' ? shown : clash.owner;
    return [
      {
        severity: 'error',
        title: titleOf(key, port, who),
        detail:
          who === undefined
            ? t('Who held the port cannot be seen any more. If it is free by now, start the service again.')
            : t('One address can have one server: stop the other, or give the service another port.'),
        evidence: [
          ...(line === undefined ? [] : [quoted(line)]),
          ...owners.map((owner) => t('Port {0}: {1}', port ?? '', describeOwner(owner))),
        ],
        actions: [
          ...owners.map(({ process }) => stopProcess(process)),
          ...(port === undefined ? [] : [freePort(port)]),
          startService(id),
          openConfig(id),
        ],
      },
    ];
  },
};

function titleOf(key: string, port: number | undefined, who: string | undefined): string {
  if (port === undefined) {
    return who === undefined
      ? t('{0} cannot listen on port it wants: it was in use.', key)
      : t('{0} cannot listen on port it wants: it is taken by {1}.', key, who);
  }
  return who === undefined
    ? t('{0} cannot listen on port {1}: it was in use.', key, port)
    : t('{0} cannot listen on port {1}: it is taken by {2}.', key, port, who);
}

interface Clash {
  readonly port: number | undefined;
  readonly owner?: string;
  readonly owners?: readonly PortOwner[];
  readonly line?: string;
}

function clashOf(facts: Facts): Clash | undefined {
  const { lifecycle } = facts.state;
  if (lifecycle.kind === 'launching' && lifecycle.phase.kind === 'blocked') {
    return { port: facts.spec.port, owners: lifecycle.phase.owners };
  }
  const failure = failureOf(facts);
  if (failure?.kind === 'portTaken' || failure?.kind === 'portStillHeld') return { port: failure.port, owner: failure.owner };
  if (!isTroubled(facts)) return undefined;
  const said = lastTold(facts, 'addressInUse');
  if (said !== undefined) {
    const named = said.groups['port'];
    return { port: named === undefined ? facts.spec.port : Number(named), line: said.line };
  }
  if (failure?.kind !== 'crashed' || failure.repeats !== 'addressInUse') return undefined;
  return { port: facts.spec.port, ...(failure.end.lastLine === undefined ? {} : { line: failure.end.lastLine }) };
}
