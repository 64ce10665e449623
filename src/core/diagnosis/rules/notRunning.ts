/** Nothing was started, or somebody stopped it. */
import { explainStop } from '../../explain';
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
        title: `${key} is not running. ${why}`,
        detail: port === undefined ? 'Start it.' : `Nobody listens on port ${port}, so a browser is refused. Start it.`,
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
      return `It ended by itself${lifecycle.exitCode === undefined ? '' : ` with exit code ${lifecycle.exitCode}`}.`;
    }
    case 'queued':
      return lifecycle.waitingFor.length === 0
        ? undefined
        : `It waits for ${lifecycle.waitingFor.map((each) => `${each.id} (${each.state})`).join(', ')}.`;
    default:
      return undefined;
  }
}
