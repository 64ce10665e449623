/** No way to end the processes of the service succeeded. */
import { briefSurvivors } from '../../wording/briefFailure';
import { explain } from '../../wording/explain';
import { t } from '../../wording/l10n';
import { showTerminal } from '../actions';
import { failureOf, membersOf } from '../queries';
import type { Rule } from '../rule';

export const cannotStop: Rule = {
  code: 'cannot-stop',
  find(facts) {
    const failure = failureOf(facts);
    if (failure?.kind !== 'cannotStop') return [];
    return [
      {
        severity: 'error',
        title: explain(failure),
        short: briefSurvivors(failure.pids),
        detail: t(
          'A process of another user, or one that is waiting for a device, cannot be ended from here: end it as its owner.',
        ),
        evidence: membersOf(facts).map(({ pid, command }) => t('pid {0}: {1}', pid, command)),
        actions: [showTerminal(facts.spec.id)],
      },
    ];
  },
};
