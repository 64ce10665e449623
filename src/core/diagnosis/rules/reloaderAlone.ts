/** The reloader is running and waits for a change, but the server that it started has exited. */
import { brief, briefLine } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { readSign } from '../../output/serverSignatures';
import { openFile, restartService, showTerminal } from '../actions';
import { alive, commandOf, isTroubled, listenersOf, membersOf, ownOutcome, value } from '../queries';
import { isAnswer } from '../../model/health';
import type { ProcessRow } from '../../model/process';
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
        short: error === undefined ? brief(() => t('Server has exited')) : briefLine(error),
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

/** A server that answers, or whose port a living worker holds, is not dead, whatever its output says. */
function isWorkerDead(facts: Facts, lines: readonly string[]): boolean {
  const living = alive(facts);
  if (living === undefined || living.kind === 'external' || !isTroubled(facts)) return false;
  if (hasAnswered(facts) || hasWorker(facts)) return false;
  if (workerDeadLine(facts) !== undefined) return true;
  const signs = lines.map(readSign).flatMap((sign) => (sign?.kind === 'error' ? [sign] : []));
  return signs.some(({ final }) => final) || (signs.length > 0 && hasReloader(facts) && isWorkerMissing(facts));
}

const hasAnswered = (facts: Facts): boolean => {
  const outcome = ownOutcome(facts);
  return outcome !== undefined && isAnswer(outcome);
};

/** Whether it is certain that no worker is left: nothing listens, or every process that does was seen. */
function isWorkerMissing(facts: Facts): boolean {
  const outcome = ownOutcome(facts);
  if (outcome?.ok === false && outcome.failure.kind === 'refused') return true;
  const isVisible = value(facts.port.listeners)?.every(({ pids }) => pids.length > 0) ?? false;
  return isVisible && value(facts.members) !== undefined;
}

const hasReloader = (facts: Facts): boolean =>
  isReloader(commandOf(facts)) || membersOf(facts).some(({ command }) => isReloader(command));

/**
 * Whether a process that listens on the port is a worker. A reloader may hold the port itself (uvicorn): then only processes that share
 * its socket are workers. One that starts itself again (Django, Flask) has a worker with its own command line below it.
 */
function hasWorker(facts: Facts): boolean {
  const members = new Map(membersOf(facts).map((row) => [row.pid, row]));
  const holders = new Set(listenersOf(facts).flatMap(({ pids }) => pids));
  return [...holders].some((pid) => {
    const row = members.get(pid);
    if (row === undefined || row.state === 'zombie') return false;
    return !isReloader(row.command) || ancestors(row, members).some(({ command }) => command === row.command);
  });
}

function ancestors(row: ProcessRow, members: ReadonlyMap<number, ProcessRow>): readonly ProcessRow[] {
  const above: ProcessRow[] = [];
  // A pid may have been given out again, so that parents form a circle.
  const isNew = (next: ProcessRow | undefined): next is ProcessRow => next !== undefined && next !== row && !above.includes(next);
  for (let next = members.get(row.ppid); isNew(next); next = members.get(next.ppid)) above.push(next);
  return above;
}

/** Returns the line of output from which the lifecycle concluded that the server exited. */
function workerDeadLine(facts: Facts): string | undefined {
  const health = alive(facts)?.health;
  return health?.kind === 'unhealthy' && health.last.failure.kind === 'workerDead' ? health.last.failure.line : undefined;
}

const isReloader = (command: string): boolean =>
  /--reload\b|\bnodemon\b|\btsx watch\b|--watch\b|--debug\b|\brunserver\b|\bcargo watch\b|\bdotnet watch\b|\bair\b/.test(command);
