/** It ended by itself, once or again and again. */
import { explain } from '../../wording/explain';
import type { Failure } from '../../model/failure';
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { openFile, showTerminal, startService } from '../actions';
import { failureOf } from '../ask';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { locationNear } from '../location';
import { lastWords, linesOf } from '../output';
import { joinPath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';

/** The first restart may have been bad luck. */
const loop = 2;

export const crashLoop: Rule = {
  code: 'crash-loop',
  explains: ['crashed'],
  find(facts) {
    const failure = failureOf(facts);
    const times = restartsInARow(facts);
    if (failure?.kind !== 'crashed' || times < loop) return [];
    const { lifecycle } = facts.state;
    return [
      {
        severity: 'error',
        title: t('{0} crashed again after {1} restarts: {2}', facts.spec.key, times, explain(failure)),
        detail:
          lifecycle.kind === 'backingOff'
            ? t(
                'A restart does not cure it. The next try comes in {0}. Mend what its last words tell.',
                span(Math.max(0, lifecycle.until - facts.at)),
              )
            : t('A restart does not cure it. No further try is made. Mend what its last words tell.'),
        evidence: lastWords(facts),
        actions: actionsOf(facts),
      },
    ];
  },
};

export const crashed: Rule = {
  code: 'crashed',
  explains: ['not-running'],
  find(facts) {
    const failure = failureOf(facts);
    if (failure?.kind !== 'crashed' && failure?.kind !== 'neverReady') return [];
    return [
      {
        severity: 'error',
        title: t('{0} is down: {1}', facts.spec.key, explain(failure)),
        detail: t('Nothing listens until it is started again. Its last words tell why it ended.'),
        evidence: [...exitEvidence(failure), ...lastWords(facts)],
        actions: actionsOf(facts),
      },
    ];
  },
};

function restartsInARow({ state }: Facts): number {
  const { lifecycle, restarts } = state;
  if (lifecycle.kind === 'failed' && lifecycle.failure.kind === 'gaveUp') return Math.max(loop, lifecycle.failure.restarts);
  return lifecycle.kind === 'backingOff' || lifecycle.kind === 'failed' ? restarts.inARow : 0;
}

const exitEvidence = (failure: Failure): readonly string[] =>
  failure.kind === 'crashed' && failure.end.exitCode !== undefined ? [t('Exit code: {0}', failure.end.exitCode)] : [];

/** The innermost place of the traceback that is the person's own code. */
function actionsOf(facts: Facts): readonly FindingAction[] {
  const lines = linesOf(facts);
  const at = lines.findLastIndex((line) => line.trim() !== '');
  const found = locationNear(lines, at);
  const open = found === undefined ? [] : [openFile(joinPath(facts.cwd, found.path), found.line, found.column ?? 1)];
  return [...open, showTerminal(facts.spec.id), startService(facts.spec.id)];
}
