/** One of several processes of the service has ended with an error, and the others go on. */
import { briefEnded } from '../../wording/briefFailure';
import { explainEnded } from '../../wording/explainEnded';
import { t } from '../../wording/l10n';
import { openFile, restartService, showTerminal } from '../actions';
import { alive } from '../queries';
import type { Facts } from '../facts';
import { locationNear } from '../location';
import { causeOf, lastOutput, linesOf } from '../output';
import { joinPath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';

export const partEnded: Rule = {
  code: 'part-ended',
  explains: ['not-listening', 'probe-failed', 'reloader-alone'],
  find(facts) {
    const living = alive(facts);
    if (living === undefined || living.kind === 'external' || living.ended === undefined) return [];
    const { id, key } = facts.spec;
    return [
      {
        severity: 'error',
        title: t('{0} is only partly running: {1}', key, explainEnded(living.ended)),
        short: briefEnded(living.ended),
        detail: t('The other processes of the service go on. Fix the error, then restart the service.'),
        evidence: lastOutput(facts),
        actions: [...placeOf(facts), showTerminal(id), restartService(id)],
      },
    ];
  },
};

function placeOf(facts: Facts) {
  const cause = causeOf(facts);
  const found = cause === undefined ? undefined : locationNear(linesOf(facts), facts.linesBeforeHealthy + cause.at);
  return found === undefined ? [] : [openFile(joinPath(facts.cwd, found.path), found.line, found.column ?? 1)];
}
