/** It ended by itself, once or again and again. */
import { explain } from '../../explain';
import type { Failure } from '../../failure';
import { span } from '../../views/span';
import { openFile, showTerminal, startService } from '../actions';
import { failureOf, plural } from '../ask';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { locationNear } from '../location';
import { lastWords, linesOf } from '../output';
import { joinPath } from '../paths';
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
    const pause =
      lifecycle.kind === 'backingOff'
        ? `The next try comes in ${span(Math.max(0, lifecycle.until - facts.at))}.`
        : 'No further try is made.';
    return [
      {
        severity: 'error',
        title: `${facts.spec.key} crashed again after ${plural(times, 'restart')}: ${explain(failure)}`,
        detail: `A restart does not cure it. ${pause} Mend what its last words tell.`,
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
        title: `${facts.spec.key} is down: ${explain(failure)}`,
        detail: 'Nothing listens until it is started again. Its last words tell why it ended.',
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
  failure.kind === 'crashed' && failure.end.exitCode !== undefined ? [`Exit code: ${failure.end.exitCode}`] : [];

/** The innermost place of the traceback that is the person's own code. */
function actionsOf(facts: Facts): readonly FindingAction[] {
  const lines = linesOf(facts);
  const at = lines.findLastIndex((line) => line.trim() !== '');
  const found = locationNear(lines, at);
  const open = found === undefined ? [] : [openFile(joinPath(facts.cwd, found.path), found.line, found.column ?? 1)];
  return [...open, showTerminal(facts.spec.id), startService(facts.spec.id)];
}
