/** Finds the processes of a run by a variable they inherited, however they detached themselves. */
import { processKey } from '../../core/model/process';
import type { ProcessRow } from '../../core/model/process';
import { createPacer } from '../system/pacer';
import { runOf } from './runOf';

/** A process younger than this may still be before its exec, and show its parent's environment. */
const execDelayMs = 2000;

/**
 * The environment of a process does not change after exec, so each is read once. Another user's cannot be read. `now`: in ms since the
 * epoch.
 */
export function createMarkerReader(now = Date.now): (rows: readonly ProcessRow[]) => Promise<ReadonlyMap<number, string>> {
  let cache = new Map<string, string | undefined>();
  return async (rows) => {
    const pacer = createPacer();
    const next = new Map<string, string | undefined>();
    const found = new Map<number, string>();
    for (const row of rows) {
      const key = processKey(row);
      const value = cache.has(key) ? cache.get(key) : markerOf(row.pid);
      if (value !== undefined || now() - row.startedAt > execDelayMs) next.set(key, value);
      if (value !== undefined) found.set(row.pid, value);
      if (pacer.due()) await pacer.pause();
    }
    cache = next;
    return found;
  };
}

function markerOf(pid: number): string | undefined {
  const run = runOf(pid);
  return run.kind === 'known' ? run.value : undefined;
}
