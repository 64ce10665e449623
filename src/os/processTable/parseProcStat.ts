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
  const starts = fieldStarts(text, close + 2);
  const number = (field: number): number => numberAt(text, starts[field - firstField]);
  const startTicks = number(22);
  const state = text.charAt(close + 2);
  if (state === '' || starts.length < 6 || !Number.isInteger(pid) || !Number.isInteger(startTicks)) return undefined;
  return {
    ...{ pid, name: text.slice(open + 1, close), state },
    ...{ ppid: number(4), pgid: number(5), sid: number(6), foregroundGroup: number(8) },
    ...{ startTicks, usedTicks: number(14) + number(15), pages: number(24) },
  };
}

/** The number of the first field after the name, as the manual page counts. */
const firstField = 3;
const lastField = 24;

/** Where each field begins. Not `split`, whose fifty strings are most of what a look at a process would allocate. */
function fieldStarts(text: string, from: number): readonly number[] {
  const starts: number[] = [];
  for (let at = from; at > 0 && starts.length <= lastField - firstField; at = text.indexOf(' ', at) + 1) starts.push(at);
  return starts;
}

/** NaN without one. */
function numberAt(text: string, from: number | undefined): number {
  if (from === undefined) return Number.NaN;
  const end = text.indexOf(' ', from);
  return Number(text.slice(from, end < 0 ? undefined : end));
}

export function stateOf(letter: string): 'running' | 'stopped' | 'zombie' {
  if (letter === 'Z' || letter === 'X' || letter === 'x') return 'zombie';
  return letter === 'T' || letter === 't' ? 'stopped' : 'running';
}
