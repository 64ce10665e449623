/** It answers, and takes long. */
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { showTerminal } from '../actions';
import { alive, ownOutcome } from '../ask';
import { lastWords } from '../output';
import type { Rule } from '../rule';

/** In ms. A probe of this machine takes some ms; a person notices a second. */
const noticeable = 1000;

export const slow: Rule = {
  code: 'slow',
  find(facts) {
    const outcome = ownOutcome(facts);
    if (alive(facts)?.kind === 'starting' || outcome?.ok !== true || outcome.latencyMs < noticeable) return [];
    const { key, id } = facts.spec;
    return [
      {
        severity: 'warning',
        title: t('{0} answers slowly: {1} for its health probe.', key, span(outcome.latencyMs)),
        detail: t('A probe should not wait for databases or other services; or the machine is busy.'),
        evidence: [t('Latency: {0} ms', Math.round(outcome.latencyMs)), ...lastWords(facts, 1)],
        actions: [showTerminal(id)],
      },
    ];
  },
};
