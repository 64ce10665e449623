/** Which lines of a log are shown. */
import { clearedBy } from './cleared';
import type { Cleared } from './cleared';
import { levels } from './level';
import type { Level } from './level';
import type { Log } from './log';
import type { LogLine } from './logLine';

export interface LogFilter {
  /** Lines that are less serious are hidden; a line without a level counts as information. */
  readonly level: Level | 'all';
  readonly runs: 'all' | 'latest' | 'previous';
  readonly cleared: Cleared;
  /** Number of the search whose matches alone are shown; undefined shows all lines. */
  readonly search: number | undefined;
}

/** Returns a test for single lines. */
export function shownBy({ level, runs, cleared, search }: LogFilter, log: Log): (line: LogLine) => boolean {
  const most = level === 'all' ? levels.length : levels.indexOf(level);
  const isCleared = clearedBy(cleared);
  const age = runs === 'latest' ? 0 : 1;
  return (line) => {
    if (isCleared(line)) return false;
    if (search !== undefined) {
      // A match is shown wherever it stands.
      if (line.searched !== search || !line.isMatch) return false;
    } else if (line.part === 'frame' && line.head?.isFolded === true) return false;
    if (level !== 'all' && levels.indexOf(line.level ?? 'info') > most) return false;
    return runs === 'all' || log.ageOf(line) === age;
  };
}
