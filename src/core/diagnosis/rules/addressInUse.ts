/** It could not have its port, because somebody else listens there. */
import { describeOwner } from '../../explain';
import type { PortOwner } from '../../process';
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
        title: `${key} cannot listen on port ${port ?? 'it wants'}: ${who === undefined ? 'it was in use' : `it is taken by ${who}`}.`,
        detail:
          who === undefined
            ? 'Who held the port cannot be seen any more. If it is free by now, start the service again.'
            : 'One address can have one server: stop the other, or give the service another port.',
        evidence: [
          ...(line === undefined ? [] : [quoted(line)]),
          ...owners.map((owner) => `Port ${port ?? ''}: ${describeOwner(owner)}`),
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
