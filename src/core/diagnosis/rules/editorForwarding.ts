/** VS Code itself has the port: it forwards the port of another machine, or an extension listens there. It is never ended. */
import { briefPortTaken } from '../../wording/briefFailure';
import { describeOwner } from '../../wording/owners';
import { t } from '../../wording/l10n';
import type { PortOwner } from '../../model/process';
import { openConfig, startService } from '../actions';
import type { Facts } from '../facts';
import { alive, failureOf, foreignOwners } from '../queries';
import type { Rule } from '../rule';

export const editorForwarding: Rule = {
  code: 'editor-forwarding',
  explains: ['address-in-use', 'foreign-owner', 'several-listeners', 'crashed', 'crash-loop', 'not-running', 'not-listening'],
  find(facts) {
    const { port, id, key } = facts.spec;
    const owners = seenOwners(facts);
    const editor = owners.find(({ origin }) => origin.kind === 'editor');
    if (port === undefined || editor === undefined) return [];
    return [
      {
        severity: alive(facts) === undefined ? 'error' : 'warning',
        title: t('Port {0} is in use by VS Code, not by {1}.', port, key),
        short: briefPortTaken(port, [editor]),
        detail: t(
          'A window of VS Code forwards this port from another machine or container, or one of its extensions uses it. Stop forwarding it in the Ports view of that window, or give {0} another port.',
          key,
        ),
        evidence: owners.map((owner) => t('Port {0}: {1}', port, describeOwner(owner))),
        actions: [openConfig(id), startService(id)],
      },
    ];
  },
};

/** Who has the port now, else who had it when the start was refused. */
function seenOwners(facts: Facts): readonly PortOwner[] {
  const { lifecycle } = facts.state;
  if (lifecycle.kind === 'launching' && lifecycle.phase.kind === 'blocked') return lifecycle.phase.owners;
  const now = foreignOwners(facts);
  const failure = failureOf(facts);
  return now.length === 0 && failure?.kind === 'portTaken' ? failure.owners : now;
}
