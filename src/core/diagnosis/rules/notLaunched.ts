/** The start was refused before any process existed. */
import { briefLaunch } from '../../wording/briefFailure';
import { explainLaunch } from '../../wording/explain';
import type { LaunchFailure } from '../../model/failure';
import { t } from '../../wording/l10n';
import { copyEnvFile, openConfig, startService } from '../actions';
import { failureOf } from '../queries';
import type { FindingAction } from '../finding';
import type { Rule } from '../rule';

export const notLaunched: Rule = {
  code: 'not-launched',
  explains: ['not-running'],
  find(facts) {
    const failure = failureOf(facts);
    if (failure?.kind !== 'launch' || failure.failure.kind === 'missingCommand') return [];
    const { id } = facts.spec;
    return [
      {
        severity: 'error',
        title: explainLaunch(failure.failure),
        short: briefLaunch(failure.failure),
        detail: t('No process was started. Correct this, then start the service again.'),
        evidence: [t('Folder: {0}', facts.cwd)],
        actions: [...copyExample(id, failure.failure), openConfig(id), startService(id)],
      },
    ];
  },
};

const copyExample = (id: string, failure: LaunchFailure): readonly FindingAction[] =>
  failure.kind === 'missingEnvFile' && failure.example !== undefined ? [copyEnvFile(id, failure.example, failure.path)] : [];
