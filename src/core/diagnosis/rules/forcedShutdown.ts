/** It did not end when it was asked to: something keeps it open. */
import { explainStop } from '../../wording/explain';
import { t } from '../../wording/l10n';
import { openConfig, showTerminal } from '../actions';
import type { Facts } from '../facts';
import { linesOf, quoted, told } from '../output';
import type { Rule } from '../rule';

export const forcedShutdown: Rule = {
  code: 'forced-shutdown',
  find(facts) {
    const why = forced(facts);
    if (why === undefined) return [];
    return [
      {
        severity: 'warning',
        title: t('{0} does not end when asked to: {1}', facts.spec.key, why),
        detail: t(
          'Usually a connection is still open (an event stream, a websocket, keep-alive) or a timer runs. Close them in the shutdown handler; for uvicorn, --timeout-graceful-shutdown sets a limit.',
        ),
        evidence: told(linesOf(facts), 'forced')
          .slice(-2)
          .map(({ line }) => quoted(line)),
        actions: [showTerminal(facts.spec.id), openConfig(facts.spec.id)],
      },
    ];
  },
};

function forced(facts: Facts): string | undefined {
  const { lifecycle } = facts.state;
  // A grace period of 0 means that it was never asked.
  if (lifecycle.kind === 'stopped') {
    return lifecycle.cause.kind === 'forced' && lifecycle.cause.graceMs > 0 ? explainStop(lifecycle.cause) : undefined;
  }
  const [last] = told(linesOf(facts), 'forced').slice(-1);
  return last?.line;
}
