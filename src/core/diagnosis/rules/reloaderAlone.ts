/** The reloader is running and waits for a change, but the server that it started has exited. */
import { t } from '../../wording/l10n';
import { readSign } from '../../output/serverSignatures';
import { openFile, restartService, showTerminal } from '../actions';
import { alive, commandOf, isTroubled } from '../queries';
import type { Facts } from '../facts';
import { locationNear } from '../location';
import { causeOf, lastOutput, presentLines } from '../output';
import { joinPath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';

export const reloaderAlone: Rule = {
  code: 'reloader-alone',
  explains: ['hung', 'not-listening', 'close-wait', 'probe-failed', 'bad-status'],
  find(facts) {
    const lines = presentLines(facts);
    if (!isWorkerDead(facts, lines)) return [];
    const error = causeOf(facts)?.sentence ?? workerDeadLine(facts);
    const at = lines.findLastIndex((line) => error !== undefined && line.includes(error));
    const found = locationNear(lines, Math.max(0, at));
    const { id, key } = facts.spec;
    return [
      {
        severity: 'error',
        title:
          error === undefined
            ? t('The server of {0} has exited, and its reloader is waiting for a change.', key)
            : t('The server of {0} has crashed, and its reloader is waiting for a change: {1}', key, error),
        detail: t('The reloader starts the server again when a file is saved. Fix the error, or restart the service.'),
        evidence: lastOutput(facts),
        actions: [
          ...(found === undefined ? [] : [openFile(joinPath(facts.cwd, found.path), found.line, found.column ?? 1)]),
          showTerminal(id),
          restartService(id),
        ],
      },
    ];
  },
};

function isWorkerDead(facts: Facts, lines: readonly string[]): boolean {
  const living = alive(facts);
  if (living === undefined || living.kind === 'external' || !isTroubled(facts)) return false;
  if (workerDeadLine(facts) !== undefined) return true;
  const signs = lines.map(readSign).flatMap((sign) => (sign?.kind === 'error' ? [sign] : []));
  return signs.some(({ final }) => final) || (signs.length > 0 && isReloader(commandOf(facts)));
}

/** Returns the line of output from which the lifecycle concluded that the server exited. */
function workerDeadLine(facts: Facts): string | undefined {
  const health = alive(facts)?.health;
  return health?.kind === 'unhealthy' && health.last.failure.kind === 'workerDead' ? health.last.failure.line : undefined;
}

const isReloader = (command: string): boolean =>
  /--reload\b|\bnodemon\b|\btsx watch\b|--watch\b|--debug\b|\brunserver\b|\bcargo watch\b|\bdotnet watch\b|\bair\b/.test(command);
