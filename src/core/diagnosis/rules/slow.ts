/** The service responds slowly. */
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { showTerminal } from '../actions';
import { alive, ownOutcome } from '../queries';
import { lastOutput } from '../output';
import type { Rule } from '../rule';

/** A probe on this machine usually takes a few ms; users notice a second. */
const minLatencyMs = 1000;

export const slow: Rule = {
  code: 'slow',
  find(facts) {
    const outcome = ownOutcome(facts);
    if (alive(facts)?.kind === 'starting' || outcome?.ok !== true || outcome.latencyMs < minLatencyMs) return [];
    const { key, id } = facts.spec;
    return [
      {
        severity: 'warning',
        title: t('{0} responds slowly: its health check took {1}.', key, span(outcome.latencyMs)),
        detail: t('A health check should not wait for databases or other services. The machine may also be busy.'),
        evidence: [t('Latency: {0} ms', Math.round(outcome.latencyMs)), ...lastOutput(facts, 1)],
        actions: [showTerminal(id)],
      },
    ];
  },
};
