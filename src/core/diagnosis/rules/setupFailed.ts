/** A setup step failed, so the service was not started. */
import { briefSetup } from '../../wording/briefFailure';
import { explain } from '../../wording/explain';
import { t } from '../../wording/l10n';
import { openConfig, showTerminal, startService } from '../actions';
import { failureOf } from '../queries';
import type { Rule } from '../rule';

export const setupFailed: Rule = {
  code: 'setup-failed',
  explains: ['missing-dependency', 'missing-command', 'missing-env', 'dependency-down', 'not-running'],
  find(facts) {
    const failure = failureOf(facts);
    if (failure?.kind !== 'setup') return [];
    const { id, setup } = facts.spec;
    const { step, cause } = failure;
    const written = setup.find(({ name }) => name === step)?.command;
    const exitCode = cause.kind === 'ended' ? cause.end.exitCode : undefined;
    return [
      {
        severity: 'error',
        title: explain(failure),
        short: briefSetup(step, cause),
        detail: t(
          'The service was not started. Fix the error of the setup step, then start the service again: the step runs again.',
        ),
        evidence: [
          ...(written === undefined ? [] : [t('Command: {0}', written)]),
          ...(exitCode === undefined || exitCode === 0 ? [] : [t('Exit code: {0}', exitCode)]),
          t('Folder: {0}', facts.cwd),
        ],
        actions: [...(cause.kind === 'refused' ? [] : [showTerminal(id)]), startService(id), openConfig(id)],
      },
    ];
  },
};
