/** The service accepts connections and does not respond: it is hung, not down. */
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { restartService, showTerminal } from '../actions';
import { alive, listenersOf, value } from '../queries';
import { closeWaits } from '../closeWaits';
import { connections, listensAs } from '../evidence';
import type { Facts } from '../facts';
import { lastOutput } from '../output';
import type { Rule } from '../rule';

export const hung: Rule = {
  code: 'hung',
  explains: ['slow', 'probe-failed'],
  find(facts) {
    const waited = unansweredFor(facts);
    if (waited === undefined) return [];
    const { key, id } = facts.spec;
    const left = closeWaits(facts) ?? 0;
    return [
      {
        severity: 'error',
        title: t('{0} is hung: it accepts connections, but did not respond within {1}.', key, span(waited)),
        detail:
          left > 0
            ? t(
                'It is still running, so a second start would find its port in use. Restart it; if it hangs again, look for a call that never returns, or for connections that are never closed.',
              )
            : t(
                'It is still running, so a second start would find its port in use. Restart it; if it hangs again, look for a call that never returns.',
              ),
        evidence: [...listenersOf(facts).map(listensAs), ...connections(facts), ...lastOutput(facts, 1)],
        actions: [restartService(id), showTerminal(id)],
      },
    ];
  },
};

/** Returns the wait in ms; undefined when anything responded, or when the probe ended before the configured timeout. */
function unansweredFor(facts: Facts): number | undefined {
  const living = alive(facts);
  if (living === undefined || living.health.kind === 'reloading') return undefined;
  const own = value(facts.probes.own);
  const answered = facts.probes.addresses.some(({ outcome }) => {
    const seen = value(outcome);
    return seen !== undefined && (seen.ok || seen.failure.kind === 'badStatus' || seen.failure.kind === 'badBody');
  });
  const last = living.health.kind === 'unhealthy' ? living.health.last.failure : undefined;
  const isUnhealthy = last?.kind === 'noAnswer';
  if (own !== undefined) {
    if (own.outcome.ok || own.outcome.failure.kind !== 'noAnswer' || answered) return undefined;
    const configuredTimeout = facts.spec.probe?.timeout ?? own.timeout;
    return isUnhealthy || own.timeout >= configuredTimeout ? Math.max(own.timeout, isUnhealthy ? last.timeout : 0) : undefined;
  }
  return isUnhealthy ? last.timeout : undefined;
}
