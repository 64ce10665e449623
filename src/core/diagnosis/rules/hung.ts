/** The service accepts connections and does not respond: it is hung, not down. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { restartService, showTerminal } from '../actions';
import type { ProbeFailure } from '../../model/failure';
import { isAnswer } from '../../model/health';
import type { Health } from '../../model/health';
import { alive, listenersOf, value } from '../queries';
import { closeWaits } from '../closeWaits';
import { clientEvidence, clients, connections, listensAs } from '../evidence';
import type { Facts, OwnProbe } from '../facts';
import { lastOutput } from '../output';
import type { Rule } from '../rule';
import { startPeriodWords } from '../startPeriod';

export const hung: Rule = {
  code: 'hung',
  explains: ['slow', 'probe-failed'],
  find(facts) {
    const waited = unansweredFor(facts);
    if (waited === undefined) return [];
    const { key, id } = facts.spec;
    const soon = startPeriodWords(facts);
    const evidence = [
      ...listenersOf(facts).map(listensAs),
      ...connections(facts),
      ...clientEvidence(facts),
      ...lastOutput(facts, 1),
    ];
    if (soon !== undefined) {
      return [
        {
          severity: 'info',
          title: t('{0} accepts connections, but has not responded yet; it is still starting.', key),
          short: brief(() => t('No response yet')),
          detail: t(
            'Some servers prepare their first response for long, for example by compiling. The start period ("startPeriod" in "health") ends in {0}.',
            soon,
          ),
          evidence,
          actions: [showTerminal(id)],
        },
      ];
    }
    const left = closeWaits(facts) ?? 0;
    const holder = idleClient(facts);
    return [
      {
        severity: 'error',
        title: t('{0} is hung: it accepts connections, but did not respond within {1}.', key, span(waited)),
        short: brief(() => t('No response in {0}', span(waited))),
        detail:
          holder !== undefined
            ? t(
                'If it serves one connection at a time, the open connection of {0} (pid {1}) blocks it, even an idle one, such as a browser opens in advance. Close it, or let the server use threads.',
                holder.name,
                holder.pid,
              )
            : left > 0
              ? t(
                  'It is still running, so a second start would find its port in use. Restart it; if it hangs again, look for a call that never returns, or for connections that are never closed.',
                )
              : t(
                  'It is still running, so a second start would find its port in use. Restart it; if it hangs again, look for a call that never returns.',
                ),
        evidence,
        actions: [restartService(id), showTerminal(id)],
      },
    ];
  },
};

/** More connections than this are no idle ones of a browser. */
const maxIdleConnections = 6;

/** Returns the client whose open connections may be all that blocks the service. */
function idleClient(facts: Facts): { readonly pid: number; readonly name: string } | undefined {
  const [first, ...others] = clients(facts);
  return first !== undefined && others.length === 0 && first.amount <= maxIdleConnections ? first : undefined;
}

/** Returns the wait in ms; undefined when anything responded, however late, or when the probe ended before the configured timeout. */
function unansweredFor(facts: Facts): number | undefined {
  const health = alive(facts)?.health;
  if (health === undefined || health.kind === 'none' || health.kind === 'reloading' || hasAnsweredElsewhere(facts))
    return undefined;
  const last = failureIn(health);
  if (last?.kind === 'slow') return undefined;
  const before = health.kind === 'unhealthy' && last?.kind === 'noAnswer' ? last.timeout : undefined;
  const own = value(facts.probes.own);
  return own === undefined ? before : longestWait(own, facts.spec.probe?.timeout ?? own.timeout, before);
}

const failureIn = ({ last }: Exclude<Health, { kind: 'none' }>): ProbeFailure | undefined =>
  last?.ok === false ? last.failure : undefined;

const hasAnsweredElsewhere = ({ probes }: Facts): boolean =>
  probes.addresses.some(({ outcome }) => {
    const seen = value(outcome);
    return seen !== undefined && isAnswer(seen);
  });

function longestWait({ outcome, timeout }: OwnProbe, configuredTimeout: number, before: number | undefined): number | undefined {
  if (outcome.ok || outcome.failure.kind !== 'noAnswer') return undefined;
  return before !== undefined || timeout >= configuredTimeout ? Math.max(timeout, before ?? 0) : undefined;
}
