/** The service responds slowly: it is not hung, and a restart would not make it faster. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { changeHealth, openConfig, showTerminal } from '../actions';
import { alive, ownOutcome } from '../queries';
import type { Facts } from '../facts';
import { lastOutput } from '../output';
import type { Rule } from '../rule';

/** A probe on this machine usually takes a few ms; users notice a second. */
const minLatencyMs = 1000;

export const slow: Rule = {
  code: 'slow',
  find(facts) {
    const took = latencyOf(facts);
    if (took === undefined || took < minLatencyMs) return [];
    const { key, id, probe } = facts.spec;
    const evidence = [t('Latency: {0} ms', Math.round(took)), ...lastOutput(facts, 1)];
    if (probe !== undefined && took > probe.timeout) {
      const enough = timeoutFor(took);
      return [
        {
          severity: 'warning',
          title: t(
            '{0} responds, but only after {1}: its health check waits no longer than {2}.',
            key,
            span(took),
            span(probe.timeout),
          ),
          short: brief(() => t('Slow: response took {0}', span(took))),
          detail: t(
            'Raise "timeout" in "health" to {0}, or let the health check do less: it should not wait for databases or other services.',
            span(enough),
          ),
          evidence,
          actions: [
            changeHealth(t('Set Timeout to {0}', span(enough)), facts.spec, { timeout: enough }),
            openConfig(id),
            showTerminal(id),
          ],
        },
      ];
    }
    if (alive(facts)?.kind === 'starting') return [];
    return [
      {
        severity: 'warning',
        title: t('{0} responds slowly: its health check took {1}.', key, span(took)),
        short: brief(() => t('Slow: response took {0}', span(took))),
        detail: t('A health check should not wait for databases or other services. The machine may also be busy.'),
        evidence,
        actions: [showTerminal(id)],
      },
    ];
  },
};

/** Of an answer as expected in this diagnosis, or of the late answer that the last health check measured. */
function latencyOf(facts: Facts): number | undefined {
  const living = alive(facts);
  if (living === undefined) return undefined;
  const outcome = ownOutcome(facts);
  if (outcome?.ok === true) return outcome.latencyMs;
  const last = living.health.kind === 'none' ? undefined : living.health.last;
  const isSilent = outcome !== undefined && (outcome.failure.kind === 'noAnswer' || outcome.failure.kind === 'slow');
  return isSilent && last?.ok === false && last.failure.kind === 'slow' ? last.failure.took : undefined;
}

/** Twice the time that was needed, in whole seconds (ms). */
const timeoutFor = (took: number): number => Math.ceil((2 * took) / 1000) * 1000;
