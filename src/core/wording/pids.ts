import { t } from './l10n';
import { listOf } from './listOf';

/** Names the processes: `pid 7`, `pids 7 and 8`; of more than five the rest is counted. */
export function pidsOf(pids: readonly number[]): string {
  const [first, ...others] = pids;
  if (first !== undefined && others.length === 0) return t('pid {0}', first);
  return t('pids {0}', numbersOf(pids));
}

/** Lists the numbers of the processes; of more than five the rest is counted. */
export function numbersOf(pids: readonly number[]): string {
  const shown = pids.slice(0, maxListedPids).map(String);
  return listOf(pids.length > maxListedPids ? [...shown, t('{0} more', pids.length - maxListedPids)] : shown, 'and');
}

const maxListedPids = 5;
