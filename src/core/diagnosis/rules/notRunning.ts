/** Nothing was started, or somebody stopped it. */
import { explainStop } from '../../wording/explain';
import { t } from '../../wording/l10n';
import { showTerminal, startService } from '../actions';
import type { Facts } from '../facts';
import type { Rule } from '../rule';

export const notRunning: Rule = {
  code: 'not-running',
  find(facts) {
    const why = reason(facts);
    if (why === undefined) return [];
    const { key, id, port } = facts.spec;
    return [
      {
        severity: 'info',
        title: t('{0} is not running. {1}', key, why),
        detail: port === undefined ? t('Start it.') : t('Nobody listens on port {0}, so a browser is refused. Start it.', port),
        evidence: [],
        actions: [startService(id), ...(facts.state.lifecycle.kind === 'exited' ? [showTerminal(id)] : [])],
      },
    ];
  },
};

function reason({ state, spec }: Facts): string | undefined {
  const { lifecycle } = state;
  switch (lifecycle.kind) {
    case 'stopped':
      return explainStop(lifecycle.cause);
    case 'exited': {
      // A service without a port that ran to its end did what it should.
      if (spec.port === undefined && lifecycle.exitCode === 0) return undefined;
      return lifecycle.exitCode === undefined
        ? t('It ended by itself.')
        : t('It ended by itself with exit code {0}.', lifecycle.exitCode);
    }
    case 'queued':
      return lifecycle.waitingFor.length === 0
        ? undefined
        : t('It waits for {0}.', lifecycle.waitingFor.map((each) => `${each.id} (${each.state})`).join(', '));
    default:
      return undefined;
  }
}
