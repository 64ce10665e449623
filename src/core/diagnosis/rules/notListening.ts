/** The service is running, but nothing is listening on its port. */
import { briefNothingOn } from '../../wording/briefFailure';
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { restartService, showTerminal } from '../actions';
import { alive, isTroubled, value } from '../queries';
import { lastOutput } from '../output';
import { realPorts } from '../realPorts';
import type { Rule } from '../rule';

export const notListening: Rule = {
  code: 'not-listening',
  explains: ['probe-failed'],
  find(facts) {
    const living = alive(facts);
    const { port, key, id } = facts.spec;
    const listeners = value(facts.port.listeners);
    if (living === undefined || port === undefined || listeners === undefined || listeners.length > 0) return [];
    if (!isTroubled(facts) || realPorts(facts).length > 0) return [];
    const since = living.kind === 'running' ? living.startedAt : living.since;
    const isNew = living.kind === 'starting' && facts.at - since < (facts.spec.probe?.startPeriod ?? 0);
    return [
      {
        severity: isNew ? 'info' : 'error',
        title: isNew
          ? t('Nothing is listening on port {0} yet; {1} has been running for {2}.', port, key, span(facts.at - since))
          : t('Nothing is listening on port {0}, although {1} has been running for {2}.', port, key, span(facts.at - since)),
        short: briefNothingOn(port),
        detail: isNew
          ? t('The service is still starting.')
          : t('It may be waiting for something or asking a question, or it may not be a server. See its terminal.'),
        evidence: lastOutput(facts),
        actions: [showTerminal(id), restartService(id)],
      },
    ];
  },
};
