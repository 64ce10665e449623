/** The service did not exit when it was asked to stop: something keeps it running. */
import { brief } from '../../wording/brief';
import { explainStop } from '../../wording/explain';
import { t } from '../../wording/l10n';
import { openConfig, showTerminal } from '../actions';
import type { StopCause } from '../../model/failure';
import type { Facts } from '../facts';
import { linesOf, quoted, matchSignatures } from '../output';
import type { Rule } from '../rule';

export const forcedShutdown: Rule = {
  code: 'forced-shutdown',
  find(facts) {
    const why = forced(facts);
    if (why === undefined) return [];
    return [
      {
        severity: 'warning',
        title: t('{0} did not exit when asked to stop: {1}', facts.spec.key, why),
        short: brief(() => t('Did not exit when asked')),
        detail: t(
          'Usually a connection is still open (an event stream, a WebSocket, keep-alive) or a timer is running. Close them in the shutdown handler; for uvicorn, --timeout-graceful-shutdown sets a limit.',
        ),
        evidence: matchSignatures(linesOf(facts), 'forced')
          .slice(-2)
          .map(({ line }) => quoted(line)),
        actions: [showTerminal(facts.spec.id), openConfig(facts.spec.id)],
      },
    ];
  },
};

function forced(facts: Facts): string | undefined {
  const { lifecycle } = facts.state;
  if (lifecycle.kind === 'stopped') return wasAsked(lifecycle.cause) ? explainStop(lifecycle.cause) : undefined;
  const [last] = matchSignatures(linesOf(facts), 'forced').slice(-1);
  return last?.line;
}

/** With a grace period of 0 it is killed without being asked. */
const wasAsked = (cause: StopCause): boolean => cause.kind === 'forced' && cause.graceMs > 0 && cause.asked !== 'nothing';
