import type { HangEvidence } from '../model/health';
import { t } from './l10n';
import { numbersOf } from './pids';
import { sentences } from './sentence';

/** Explains why a service accepts connections and does not respond; undefined when nothing was found. */
export function explainHang(evidence: HangEvidence | undefined): string | undefined {
  if (evidence === undefined) return undefined;
  const { closeWait, listeners, stoppedPids } = evidence;
  const facts = sentences(
    stoppedPids.length === 0 ? undefined : explainStoppedPids(stoppedPids),
    listeners <= 1 ? undefined : t('{0} servers share the port.', listeners),
    closeWait === 0 ? undefined : explainUnclosed(closeWait),
  );
  return facts === '' ? undefined : facts;
}

const explainStoppedPids = (pids: readonly number[]): string =>
  pids.length === 1
    ? t('Process {0} is paused (SIGSTOP, or a debugger).', numbersOf(pids))
    : t('Processes {0} are paused (SIGSTOP, or a debugger).', numbersOf(pids));

const explainUnclosed = (count: number): string =>
  count === 1 ? t('1 connection is left unclosed (CLOSE_WAIT).') : t('{0} connections are left unclosed (CLOSE_WAIT).', count);
