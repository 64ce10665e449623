/** The end of a service's output: whole lines without terminal codes, in bounded memory. */
import type { LinePattern } from '../model/service';

/** Lines kept for reasons and reports. */
const keptLines = 200;
/** A line longer than this is cut: nobody reads it, and a progress bar may never end its line. */
const longestLine = 2000;

const [escape, bell] = ['\\u001b', '\\u0007'];
/**
 * CSI; OSC and the other strings (ended by BEL or ST); escapes of two bytes and more, such as the character sets of
 * `tput sgr0`; control characters: ECMA-48, and xterm's control sequences.
 */
const terminalCodes = new RegExp(
  [
    `${escape}\\[[0-?]*[ -/]*[@-~]`,
    `${escape}[\\]PX^_][^${bell}${escape}]*(?:${bell}|${escape}\\\\)?`,
    `${escape}[ -/]*[0-~]`,
    '[\\u0000-\\u0008\\u000b-\\u001f\\u007f]',
  ].join('|'),
  'g',
);

export const stripTerminalCodes = (text: string): string => text.replace(terminalCodes, '');

export class OutputTail {
  readonly #lines: string[] = [];
  #partial = '';

  /** Takes a chunk as it comes, which may end anywhere, and returns the lines that it completed. */
  append(chunk: string): readonly string[] {
    const parts = (this.#partial + chunk).split('\n');
    // A line that does not end keeps its beginning, and a carriage return at its end, whose meaning the next chunk decides.
    const rest = lastOverwrite(parts.pop() ?? '');
    this.#partial = rest.endsWith('\r') ? `${readable(rest)}\r` : readable(rest);
    const lines = parts.map((line) => readLine(line));
    this.#lines.push(...lines.slice(-keptLines));
    this.#lines.splice(0, Math.max(0, this.#lines.length - keptLines));
    return lines;
  }

  /** The last lines, oldest first, including one that has not ended yet. */
  lines(): readonly string[] {
    const partial = readLine(this.#partial);
    return partial.trim() === '' ? this.#lines : [...this.#lines, partial];
  }
}

/** So much of a line is looked at, terminal codes included. */
const longestRaw = longestLine * 4;

/** The same whether the line came in one piece or in many. */
const readLine = (raw: string): string => cut(stripTerminalCodes(readable(lastOverwrite(raw))));

const readable = (line: string): string => line.replace(/\r+$/, '').slice(0, longestRaw);

/** A carriage return starts the line again, as progress bars do. */
const lastOverwrite = (line: string): string => line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1);

const cut = (line: string): string => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line);

/** Whether a line matches; a broken expression matches nothing, its mistake is reported where it is written. */
export function lineMatcher(pattern: LinePattern): (line: string) => boolean {
  if (pattern.kind === 'text') return (line) => line.includes(pattern.text);
  try {
    const expression = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
    return (line) => expression.test(line);
  } catch {
    return () => false;
  }
}

/** Lines that name a cause, in the words of many tools (see the signatures in docs of uvicorn, Node, Vite, Python, shells). */
const causes = [
  /address already in use|EADDRINUSE|port \d+ is (?:already )?in use(?!.*(?:trying another|using available))|port is already allocated/i,
  /ModuleNotFoundError|Cannot find (module|package)|ERR_MODULE_NOT_FOUND|ImportError|Could not import module/,
  /command not found|: not found$|is not recognized as|No such file or directory|Missing script/,
  /SyntaxError|IndentationError|TypeError|ReferenceError|NameError|KeyError|ValueError|AttributeError|RuntimeError/,
  /^(panic|fatal|error|exception)\b|\b(Error|Exception):/i,
];

/** What VS Code itself writes under a task that ended; it tells nothing about the service. */
const editorLine =
  /^ \*\s+(The terminal process|Terminal will be reused|Executing task)|^\s*\*\s+(Executing task|The terminal process|Terminal will)/;

/** Under its error Node prints the stack and the fields of the error object, which say the same in fewer words. */
const detail = /^\s+at |^\s+(?:code|errno|syscall|address|port|url|requireStack): |^\s*[{}\]]+,?$/;

/**
 * The line that tells most about an end: the last one that names a cause. Where the exit code says that something went wrong,
 * the last line that says anything will do; a process that was killed has no last words.
 */
export function tellingLine(lines: readonly string[], exitCode: number | undefined): string | undefined {
  const said = lines.filter((line) => line.trim() !== '' && !editorLine.test(line) && !detail.test(line)).slice(-40);
  for (const cause of causes) {
    const found = said.findLast((line) => cause.test(line));
    if (found !== undefined) return found.trim();
  }
  return exitCode === undefined || exitCode === 0 ? undefined : said.at(-1)?.trim();
}

/** Whether a person pressed Ctrl+C: the terminal echoes it, and a service that reacts says little after that. */
export const echoesCtrlC = (lines: readonly string[]): boolean => lines.slice(-25).some((line) => /^\^C|\^C\s*$/.test(line));
