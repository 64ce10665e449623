/** The reloader lives and waits for a change, the server under it is dead. */
import { t } from '../../wording/l10n';
import { readSign } from '../../output/serverSignatures';
import { tellingLine } from '../../output/outputTail';
import { openFile, restartService, showTerminal } from '../actions';
import { alive, commandOf, isTroubled } from '../ask';
import type { Facts } from '../facts';
import { locationNear } from '../location';
import { lastWords, linesOf, presentLines } from '../output';
import { joinPath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';

export const reloaderAlone: Rule = {
  code: 'reloader-alone',
  explains: ['hung', 'not-listening', 'close-wait', 'probe-failed', 'bad-status'],
  find(facts) {
    const lines = presentLines(linesOf(facts));
    const telling = deadWorker(facts, lines);
    if (telling === undefined) return [];
    const found = locationNear(
      lines,
      Math.max(
        0,
        lines.findLastIndex((line) => line.trim() === telling),
      ),
    );
    const { id, key } = facts.spec;
    return [
      {
        severity: 'error',
        title: t('The reloader of {0} lives, but the server that it started is dead: {1}', key, telling),
        detail: t('It starts the server again when a file is saved. Mend the error, or restart the service.'),
        evidence: lastWords(facts),
        actions: [
          ...(found === undefined ? [] : [openFile(joinPath(facts.cwd, found.path), found.line, found.column ?? 1)]),
          showTerminal(id),
          restartService(id),
        ],
      },
    ];
  },
};

/** What is said of the death; undefined when the worker lives as far as can be seen. */
function deadWorker(facts: Facts, lines: readonly string[]): string | undefined {
  const living = alive(facts);
  if (living === undefined || living.kind === 'external' || !isTroubled(facts)) return undefined;
  const { health } = living;
  if (health.kind === 'unhealthy' && health.last.failure.kind === 'workerDead')
    return tellingLine(lines, undefined) ?? health.last.failure.line;
  const signs = lines.map(readSign).flatMap((sign) => (sign?.kind === 'error' ? [sign] : []));
  if (signs.length === 0) return undefined;
  const isFinal = signs.some(({ final }) => final);
  return isFinal || isReloader(commandOf(facts)) ? (tellingLine(lines, undefined) ?? t('it ended')) : undefined;
}

const isReloader = (command: string): boolean =>
  /--reload\b|\bnodemon\b|\btsx watch\b|--watch\b|--debug\b|\brunserver\b|\bcargo watch\b|\bdotnet watch\b|\bair\b/.test(command);
