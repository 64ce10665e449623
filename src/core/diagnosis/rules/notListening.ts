/** It runs, and listens nowhere. */
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { restartService, showTerminal } from '../actions';
import { alive, isTroubled, value } from '../ask';
import { lastWords } from '../output';
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
          ? t('{0} runs since {1}, and nothing listens on port {2} yet.', key, span(facts.at - since), port)
          : t('{0} runs since {1}, and nothing listens on port {2}.', key, span(facts.at - since), port),
        detail: isNew
          ? t('It is still starting.')
          : t('It waits for something, asks a question in its terminal, or is no server. Its terminal tells.'),
        evidence: lastWords(facts),
        actions: [showTerminal(id), restartService(id)],
      },
    ];
  },
};
