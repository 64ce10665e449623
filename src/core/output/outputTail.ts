/** The last lines of a service's output, without terminal codes, in bounded memory. */
import type { LinePattern } from '../model/service';
import { withoutTrailing } from '../model/withoutTrailing';
import { flatCopy } from './flatCopy';

/** Enough for reasons and reports. */
const maxLines = 200;
/** Further lines in a row that are indented are not kept. */
const maxIndentedLines = 60;
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

/** Spaces as the terminal of Windows (ConPTY) and some tools write them: the cursor moves right. */
const cursorRight = new RegExp(`${escape}\\[(\\d{1,3})C`, 'g');
/** The cursor moves to the beginning of the line, as a carriage return does (npm's spinner). */
const columnOne = new RegExp(`${escape}\\[1?G`, 'g');

const colorCode = new RegExp(`^${escape}\\[[0-9;:]{0,80}m$`);

/** A line with more codes of colours than this is kept without them. */
const maxColorCodes = 200;

export const stripTerminalCodes = (text: string): string => spaced(text).replace(terminalCodes, '');

/** Most lines have no such code. */
const spaced = (text: string): string =>
  text.includes('\u001b') ? text.replace(cursorRight, (_, columns: string) => ' '.repeat(Number(columns))) : text;

export class OutputTail {
  readonly #lines: string[] = [];
  #partial = '';
  /** How many lines in a row were indented. */
  #indented = 0;
  /** How many of the lines were there at the last mark. */
  #marked = 0;

  /** Appends a chunk, which may end anywhere, and returns the lines that it completed. */
  append(chunk: string): readonly string[] {
    return this.appendStyled(chunk).map(({ text }) => text);
  }

  /** The same, with the codes of colours. */
  appendStyled(chunk: string): readonly StyledLine[] {
    const parts = (this.#partial + chunk).replaceAll(columnOne, '\r').split('\n');
    // An incomplete line keeps its beginning, and a carriage return at its end, whose meaning depends on the next chunk.
    const rest = lastOverwrite(parts.pop() ?? '');
    this.#partial = flatCopy(rest.endsWith('\r') ? `${readable(rest)}\r` : readable(rest));
    const lines = parts.map(readStyledLine);
    const kept = lines.map(({ text }) => text).filter((line) => this.#isKept(line));
    this.#lines.push(...kept.slice(-maxLines).map(flatCopy));
    const dropped = this.#lines.splice(0, Math.max(0, this.#lines.length - maxLines)).length;
    this.#marked = Math.max(0, this.#marked - dropped - Math.max(0, kept.length - maxLines));
    return lines;
  }

  /** What was written until now, except the last `after` complete lines and an incomplete one, belongs to a phase that is over. */
  mark(after = 0): void {
    this.#marked = Math.max(0, this.#lines.length - after);
  }

  /** How many of `lines()` were written before the last mark; 0 without one. */
  get linesBeforeMark(): number {
    return this.#marked;
  }

  /** The incomplete line at the end, as `lines()` shows it; empty after a line feed. */
  get partial(): string {
    return readLine(this.#partial);
  }

  /** The error stands above its trace: a trace, or an object, of a thousand lines would push it out. */
  #isKept(line: string): boolean {
    this.#indented = line.startsWith('\t') || line.startsWith('    ') ? this.#indented + 1 : 0;
    return this.#indented <= maxIndentedLines;
  }

  /** Returns the last lines, oldest first, including an incomplete one. */
  lines(): readonly string[] {
    const { partial } = this;
    return partial.trim() === '' ? this.#lines : [...this.#lines, partial];
  }
}

export interface StyledLine {
  /** Without terminal codes. */
  readonly text: string;
  /** The same with the codes of its colours, when it has any. */
  readonly styled?: string;
}

function readStyledLine(raw: string): StyledLine {
  const text = readLine(raw);
  if (!raw.includes('\u001b') || text.length > maxLineCharacters) return { text };
  let colors = 0;
  const styled = spaced(readable(lastOverwrite(raw))).replace(terminalCodes, (code) => {
    if (!colorCode.test(code)) return '';
    colors += 1;
    return code;
  });
  return colors === 0 || colors > maxColorCodes ? { text } : { text, styled };
}

/** Longest part of a line that is read, terminal codes included. */
const maxRawCharacters = maxLineCharacters * 4;

/** Returns the same whether the line came in one chunk or in many. */
const readLine = (raw: string): string => cut(stripTerminalCodes(readable(lastOverwrite(raw))));

const readable = (line: string): string => withoutTrailing(line, '\r').slice(0, maxRawCharacters);

/** Returns what follows the last carriage return, with which progress bars overwrite their line. */
const lastOverwrite = (line: string): string => line.slice(withoutTrailing(line, '\r').lastIndexOf('\r') + 1);

/** The mark is three characters of Latin-1: one other character would make V8 keep two bytes for each. */
const cut = (line: string): string => (line.length > maxLineCharacters ? `${line.slice(0, maxLineCharacters)}...` : line);

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

/** Whether the user pressed Ctrl+C: the terminal echoes it, and a service prints little after that. */
export const echoesCtrlC = (lines: readonly string[]): boolean => lines.slice(-25).some((line) => /^\^C|\^C\s*$/.test(line));
