/** Who holds a listener whose owner is dead: Windows goes on to name the process that opened it when a child inherited it. */
import type { Listener, ProcessRow } from '../../core/model/process';

/** Replaces each dead owner by its living children; one without any stays, as the listener is there all the same. */
export function withLivingHolders(
  listeners: readonly Listener[],
  rows: readonly ProcessRow[],
  isAlive: (pid: number) => boolean,
): readonly Listener[] {
  return listeners.map((listener) => {
    const pids = listener.pids.flatMap((pid) => {
      const heirs = isAlive(pid) ? [] : childrenOf(pid, rows);
      return heirs.length === 0 ? [pid] : heirs;
    });
    return { ...listener, pids: [...new Set(pids)] };
  });
}

const childrenOf = (pid: number, rows: readonly ProcessRow[]): readonly number[] =>
  rows.filter((row) => row.ppid === pid && row.pid !== pid).map((row) => row.pid);
