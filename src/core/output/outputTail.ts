/** The last lines of a service's output, without terminal codes, in bounded memory. */
import type { LinePattern } from '../model/service';
import { withoutTrailing } from '../model/withoutTrailing';

/** Enough for reasons and reports. */
const maxLines = 200;
/** Longer lines are cut: a progress bar may never end its line. */
const maxLineCharacters = 2000;

const [escape, bell] = ['\\u001b', '\\u0007'];
/**
 * CSI; OSC and the other strings (terminated by BEL or ST); escapes of two bytes and more, such as the character sets of
 * `tput sgr0`; control characters. See ECMA-48 and xterm's control sequences.
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

  /** Appends a chunk, which may end anywhere, and returns the lines that it completed. */
  append(chunk: string): readonly string[] {
    const parts = (this.#partial + chunk).split('\n');
    // An incomplete line keeps its beginning, and a carriage return at its end, whose meaning depends on the next chunk.
    const rest = lastOverwrite(parts.pop() ?? '');
    this.#partial = copied(rest.endsWith('\r') ? `${readable(rest)}\r` : readable(rest));
    const lines = parts.map((line) => readLine(line));
    this.#lines.push(...lines.slice(-maxLines).map(copied));
    this.#lines.splice(0, Math.max(0, this.#lines.length - maxLines));
    return lines;
  }

  /** Returns the last lines, oldest first, including an incomplete one. */
  lines(): readonly string[] {
    const partial = readLine(this.#partial);
    return partial.trim() === '' ? this.#lines : [...this.#lines, partial];
  }
}

/** Longest part of a line that is read, terminal codes included. */
const maxRawCharacters = maxLineCharacters * 4;

/** Returns the same whether the line came in one chunk or in many. */
const readLine = (raw: string): string => cut(stripTerminalCodes(readable(lastOverwrite(raw))));

const readable = (line: string): string => withoutTrailing(line, '\r').slice(0, maxRawCharacters);

/** Returns what follows the last carriage return, with which progress bars overwrite their line. */
const lastOverwrite = (line: string): string => line.slice(withoutTrailing(line, '\r').lastIndexOf('\r') + 1);

/** Returns a copy: a part of a string keeps the whole string in V8's memory, which is 64 KB for each kept line. */
const copied = (text: string): string => ` ${text}`.slice(1);

const cut = (line: string): string => (line.length > maxLineCharacters ? `${line.slice(0, maxLineCharacters)}…` : line);

/** Returns a test for lines. An invalid expression matches no line; the configuration reports it. */
export function lineMatcher(pattern: LinePattern): (line: string) => boolean {
  if (pattern.kind === 'text') return (line) => line.includes(pattern.text);
  try {
    const expression = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
    return (line) => expression.test(line);
  } catch {
    return () => false;
  }
}

/** Lines that name a cause, in the messages of uvicorn, Node, Vite, Python, shells and others; the most specific first. */
const causes = [
  /address already in use|EADDRINUSE|port \d+ is (?:already )?in use(?!.*(?:trying another|using available))|port is already allocated/i,
  /ModuleNotFoundError|Cannot find (module|package)|ERR_MODULE_NOT_FOUND|ImportError|Could not import module/,
  /command not found|: not found$|is not recognized as|No such file or directory|Missing script/,
  /SyntaxError|IndentationError|TypeError|ReferenceError|NameError|KeyError|ValueError|AttributeError|RuntimeError/,
  /^(panic|fatal|error|exception)\b|\b(Error|Exception):/i,
];

/** Written by VS Code under a task that ended, not by the service. */
const editorLine =
  /^ \*\s+(The terminal process|Terminal will be reused|Executing task)|^\s*\*\s+(Executing task|The terminal process|Terminal will)/;

/** The stack and the fields of the error object, which Node prints under the error; they only repeat it. */
const detail = /^\s+at |^\s+(?:code|errno|syscall|address|port|url|requireStack): |^\s*[{}\]]+,?$/;

/**
 * Returns the line that best explains an exit: the last one that names a cause. With an exit code other than 0, the last line that is
 * not empty is good enough; undefined when there is none, or when the process was killed.
 */
export function tellingLine(lines: readonly string[], exitCode: number | undefined): string | undefined {
  const candidates = lines.filter((line) => line.trim() !== '' && !editorLine.test(line) && !detail.test(line)).slice(-40);
  for (const cause of causes) {
    const found = candidates.findLast((line) => cause.test(line));
    if (found !== undefined) return found.trim();
  }
  return exitCode === undefined || exitCode === 0 ? undefined : candidates.at(-1)?.trim();
}

/** Whether the user pressed Ctrl+C: the terminal echoes it, and a service prints little after that. */
export const echoesCtrlC = (lines: readonly string[]): boolean => lines.slice(-25).some((line) => /^\^C|\^C\s*$/.test(line));
