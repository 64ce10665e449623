/** Finds the processes of a run by a variable they inherited, however they detached themselves. */
import { readFileSync } from 'node:fs';
import type { ProcessRow } from '../../core/process';
import { createPacer } from '../system/pacer';
import { markerVariable } from './table';

/** A process younger than this may still be before its exec, and show its parent's environment. In ms. */
const settling = 2000;

/**
 * The environment of a process does not change after exec, so each is read once. Another user's cannot be read.
 */
export function createMarkerReader(): (rows: readonly ProcessRow[]) => Promise<ReadonlyMap<number, string>> {
  let cache = new Map<string, string | undefined>();
  return async (rows) => {
    const pacer = createPacer();
    const next = new Map<string, string | undefined>();
    const found = new Map<number, string>();
    for (const row of rows) {
      const key = `${row.pid} ${row.born}`;
      const value = cache.has(key) ? cache.get(key) : readMarker(row.pid);
      if (value !== undefined || Date.now() - row.startedAt > settling) next.set(key, value);
      if (value !== undefined) found.set(row.pid, value);
      if (pacer.due()) await pacer.pause();
    }
    cache = next;
    return found;
  };
}

const needle = `${markerVariable}=`;

/** `environment` as /proc shows it: entries with a zero byte after each. */
export function runIn(environment: string): string | undefined {
  const at = environment.startsWith(needle) ? 0 : environment.indexOf(`\0${needle}`) + 1;
  if (at === 0 && !environment.startsWith(needle)) return undefined;
  const start = at + needle.length;
  const end = environment.indexOf('\0', start);
  return environment.slice(start, end < 0 ? undefined : end);
}

function readMarker(pid: number): string | undefined {
  try {
    return runIn(readFileSync(`/proc/${pid}/environ`, 'latin1'));
  } catch {
    return undefined;
  }
}
