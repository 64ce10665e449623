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

/**
 * Undefined when the text is not such a line. The name may hold spaces and parentheses: the last one closes it. Reads the numbers in
 * place: the strings and lists of a split would be most of what a look at a process allocates.
 */
export function parseProcStat(text: string): ProcStat | undefined {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return undefined;
  const pid = integerAt(text, 0);
  const ids = startOf(text, 4, close);
  const group = startOf(text, 8, close);
  const used = startOf(text, 14, close);
  const start = startOf(text, 22, close);
  const startTicks = integerAt(text, start);
  const state = text.charAt(close + 2);
  if (state === '' || Number.isNaN(pid) || Number.isNaN(startTicks)) return undefined;
  return {
    pid,
    name: text.slice(open + 1, close),
    state,
    ppid: integerAt(text, ids),
    pgid: integerAt(text, next(text, ids)),
    sid: integerAt(text, next(text, next(text, ids))),
    foregroundGroup: integerAt(text, group),
    startTicks,
    usedTicks: integerAt(text, used) + integerAt(text, next(text, used)),
    pages: integerAt(text, next(text, next(text, start))),
  };
}

/** `startTicks` alone; undefined as above. */
export function parseStart(text: string): number | undefined {
  const close = text.lastIndexOf(')');
  const ticks = close < 0 ? Number.NaN : integerAt(text, startOf(text, 22, close));
  return Number.isNaN(ticks) ? undefined : ticks;
}

/** The state of a line that can be parsed. */
export const stateIn = (text: string): ReturnType<typeof stateOf> => stateOf(text.charAt(text.lastIndexOf(')') + 2));

/** The number of the first field after the name, as the manual page counts. */
const firstField = 3;

/** Where a field begins; -1 without it. */
function startOf(text: string, field: number, close: number): number {
  let at = close + 2;
  for (let each = firstField; each < field; each += 1) at = next(text, at);
  return at;
}

function next(text: string, at: number): number {
  if (at < 0) return at;
  const space = text.indexOf(' ', at);
  return space < 0 ? space : space + 1;
}

const zero = 48;
const minus = 45;

/** The number up to the next space or the end; NaN without one. */
function integerAt(text: string, at: number): number {
  if (at < 0) return Number.NaN;
  const isNegative = text.charCodeAt(at) === minus;
  const from = isNegative ? at + 1 : at;
  let value = 0;
  let end = from;
  for (; end < text.length; end += 1) {
    const digit = text.charCodeAt(end) - zero;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (end === from) return Number.NaN;
  return isNegative ? -value : value;
}

export function stateOf(letter: string): 'running' | 'stopped' | 'zombie' {
  if (letter === 'Z' || letter === 'X' || letter === 'x') return 'zombie';
  return letter === 'T' || letter === 't' ? 'stopped' : 'running';
}
