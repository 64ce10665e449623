/** The AirPlay receiver of macOS uses port 5000 or 7000. Ending it is no cure: macOS starts it again. */
import type { PortOwner } from '../../model/process';
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { openConfig } from '../actions';
import { describeOwner } from '../../wording/owners';
import { listensAs } from '../evidence';
import type { Facts } from '../facts';
import { failureOf, foreignOwners, listenersOf, ownOutcome } from '../queries';
import type { Rule } from '../rule';

/** The program that receives AirPlay: since macOS 12 ControlCenter, named as in the list of processes. */
const receiver = /^\/System\/Library\/\S*\/(?:ControlCenter|AirPlayXPCHelper|AirPlayUIAgent)(?:\s|$)/;

export const airplay: Rule = {
  code: 'airplay',
  explains: [
    'address-in-use',
    'foreign-owner',
    'bad-status',
    'crashed',
    'crash-loop',
    'not-running',
    'not-listening',
    'several-listeners',
    'wrong-port',
  ],
  find(facts) {
    const { port, key, id } = facts.spec;
    const owners = ownersOf(facts).filter(({ command }) => receiver.test(command));
    if (port === undefined || (owners.length === 0 && !isAnsweredByIt(facts))) return [];
    return [
      {
        severity: 'error',
        title: t('Port {0} is in use by the AirPlay receiver of macOS, not by {1}.', port, key),
        short: brief(() => t('Port {0} in use by AirPlay', port)),
        detail: t(
          'Use another port, or turn off AirPlay Receiver in System Settings > General > AirDrop & Handoff. macOS starts the receiver again when it is ended.',
        ),
        evidence: owners.length > 0 ? owners.map(describeOwner) : [t('Server: AirTunes'), ...listenersOf(facts).map(listensAs)],
        actions: [openConfig(id)],
      },
    ];
  },
};

function isAnsweredByIt(facts: Facts): boolean {
  const outcome = ownOutcome(facts);
  return outcome?.ok === false && outcome.failure.kind === 'badStatus' && outcome.failure.why === 'airplay';
}

/** Those of now, and those that refused the start. */
function ownersOf(facts: Facts): readonly PortOwner[] {
  const { lifecycle } = facts.state;
  const failure = failureOf(facts);
  return [
    ...(lifecycle.kind === 'launching' && lifecycle.phase.kind === 'blocked' ? lifecycle.phase.owners : []),
    ...(failure?.kind === 'portTaken' ? failure.owners : []),
    ...foreignOwners(facts),
  ].filter(({ process }, at, all) => all.findIndex((each) => each.process.pid === process.pid) === at);
}
