/** /proc/<pid>/stat, see proc_pid_stat(5). */

export interface ProcStat {
  readonly pid: number;
  readonly name: string;
  /** One letter: R, S, D, T (stopped), t (traced), Z, X, … */
  readonly state: string;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  /** Foreground group of the terminal; -1 without one. */
  readonly foregroundGroup: number;
  /** Clock ticks (10 ms) after boot. */
  readonly startTicks: number;
  /** Processor time in user and kernel mode, in clock ticks. */
  readonly usedTicks: number;
  /** Resident memory, in pages. */
  readonly pages: number;
}

/** Undefined when the text is not such a line. The name may hold spaces and parentheses: the last one closes it. */
export function parseProcStat(text: string): ProcStat | undefined {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return undefined;
  const pid = Number(text.slice(0, open));
  const fields = text.slice(close + 2).split(' ');
  const [state, ppid, pgid, sid, , foregroundGroup] = fields;
  // Field 22 of the line; the first of `fields` is number 3.
  const startTicks = Number(fields[19]);
  if (state === undefined || foregroundGroup === undefined || !Number.isInteger(pid) || !Number.isInteger(startTicks))
    return undefined;
  return {
    pid,
    name: text.slice(open + 1, close),
    state,
    ppid: Number(ppid),
    pgid: Number(pgid),
    sid: Number(sid),
    foregroundGroup: Number(foregroundGroup),
    startTicks,
    usedTicks: Number(fields[11]) + Number(fields[12]),
    pages: Number(fields[21]),
  };
}

export function stateOf(letter: string): 'running' | 'stopped' | 'zombie' {
  if (letter === 'Z' || letter === 'X' || letter === 'x') return 'zombie';
  return letter === 'T' || letter === 't' ? 'stopped' : 'running';
}
