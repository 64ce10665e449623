/** The service exited unexpectedly, once or repeatedly. */
import { briefFailure } from '../../wording/briefFailure';
import { explain } from '../../wording/explain';
import type { Failure } from '../../model/failure';
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { openFile, showTerminal, startService } from '../actions';
import { failureOf } from '../queries';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { locationNear } from '../location';
import { causeOf, lastOutput, linesOf } from '../output';
import { joinPath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';

/** One failed restart may be a coincidence. */
const minRestarts = 2;

export const crashLoop: Rule = {
  code: 'crash-loop',
  explains: ['crashed'],
  find(facts) {
    const failure = failureOf(facts);
    const times = restartsInARow(facts);
    if (failure?.kind !== 'crashed' || times === undefined) return [];
    const { lifecycle } = facts.state;
    return [
      {
        severity: 'error',
        title: loopTitle(facts.spec.key, times, explain(failure)),
        short: briefFailure(failure),
        detail:
          lifecycle.kind === 'backingOff'
            ? t(
                'Restarting does not fix it. The next attempt starts in {0}. Fix the error shown in its last output lines.',
                span(Math.max(0, lifecycle.until - facts.at)),
              )
            : t('Restarting does not fix it, so no further attempt is made. Fix the error shown in its last output lines.'),
        evidence: lastOutput(facts),
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
        short: briefFailure(failure),
        detail: t('Fix the error shown in its last output lines, then start it again.'),
        evidence: [...exitEvidence(failure), ...lastOutput(facts)],
        actions: actionsOf(facts),
      },
    ];
  },
};

/** Returns undefined when there was no loop. A service that gave up has the number that its row shows, also below the minimum. */
function restartsInARow({ state }: Facts): number | undefined {
  const { lifecycle, restarts } = state;
  if (lifecycle.kind === 'failed' && lifecycle.failure.kind === 'gaveUp') return lifecycle.failure.restarts || undefined;
  const times = lifecycle.kind === 'backingOff' || lifecycle.kind === 'failed' ? restarts.inARow : 0;
  return times < minRestarts ? undefined : times;
}

const loopTitle = (key: string, restarts: number, reason: string): string =>
  restarts === 1
    ? t('{0} crashed again after 1 restart: {1}', key, reason)
    : t('{0} crashed again after {1} restarts: {2}', key, restarts, reason);

/** VS Code reports 0 for a process killed by a signal as well (seen on 1.139.1): then the code is not known. */
const exitEvidence = (failure: Failure): readonly string[] =>
  failure.kind === 'crashed' && failure.end.exitCode ? [t('Exit code: {0}', failure.end.exitCode)] : [];

/** Opens the innermost location of the traceback that is not in a package. */
function actionsOf(facts: Facts): readonly FindingAction[] {
  const lines = linesOf(facts);
  const cause = causeOf(facts);
  const at = cause === undefined ? lines.findLastIndex((line) => line.trim() !== '') : facts.linesBeforeHealthy + cause.at;
  const found = locationNear(lines, at);
  const open = found === undefined ? [] : [openFile(joinPath(facts.cwd, found.path), found.line, found.column ?? 1)];
  return [...open, showTerminal(facts.spec.id), startService(facts.spec.id)];
}
