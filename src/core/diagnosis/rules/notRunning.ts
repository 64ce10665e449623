/** The service was not started, or was stopped. */
import { brief } from '../../wording/brief';
import type { Brief } from '../../wording/brief';
import { briefEnd, briefStop } from '../../wording/briefFailure';
import { waitingStateWords } from '../../wording/dependencies';
import { explainStop } from '../../wording/explain';
import { t } from '../../wording/l10n';
import { listOf } from '../../wording/listOf';
import { showTerminal, startService } from '../actions';
import type { Waiting } from '../../lifecycle/state';
import type { Facts } from '../facts';
import type { Rule } from '../rule';

export const notRunning: Rule = {
  code: 'not-running',
  find(facts) {
    const title = titleOf(facts);
    if (title === undefined) return [];
    const { id, port } = facts.spec;
    return [
      {
        severity: 'info',
        title,
        short: briefDown(facts),
        detail:
          port === undefined
            ? t('Start the service.')
            : t('Nothing is listening on port {0}, so a browser cannot connect. Start the service.', port),
        evidence: [],
        actions: [startService(id), ...(facts.state.lifecycle.kind === 'exited' ? [showTerminal(id)] : [])],
      },
    ];
  },
};

function titleOf({ state, spec: { key, port } }: Facts): string | undefined {
  const { lifecycle } = state;
  switch (lifecycle.kind) {
    case 'stopped':
      return t('{0} is not running. {1}', key, explainStop(lifecycle.cause));
    case 'exited': {
      // A service without a port that exited with code 0 did its job.
      if (port === undefined && lifecycle.exitCode === 0) return undefined;
      return lifecycle.exitCode === undefined
        ? t('{0} has exited.', key)
        : t('{0} has exited with code {1}.', key, lifecycle.exitCode);
    }
    case 'queued':
      return lifecycle.waitingFor.length === 0 ? undefined : t('{0} is waiting for {1}.', key, namesOf(lifecycle.waitingFor));
    default:
      return undefined;
  }
}

function briefDown({ state: { lifecycle } }: Facts): Brief {
  switch (lifecycle.kind) {
    case 'stopped':
      return briefStop(lifecycle.cause) ?? brief(() => t('Not running'));
    case 'queued':
      return brief((name) => t('Waiting for {0}', name), lifecycle.waitingFor[0]?.id ?? '');
    default:
      return 'exitCode' in lifecycle && lifecycle.exitCode !== undefined
        ? briefEnd({ exitCode: lifecycle.exitCode })
        : brief(() => t('Exited'));
  }
}

function namesOf(waitingFor: readonly Waiting[]): string {
  const names = waitingFor.map(({ id, state }) => `${id} (${waitingStateWords(state)})`);
  return listOf(names, 'and');
}
