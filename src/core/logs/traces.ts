/** Recognizes the lines of a stack trace, so that they stay together and can be folded. */

/** What a line is in a trace: what stands above it, one of its frames, or what Python writes below it. */
export type TracePart = 'head' | 'frame' | 'tail';

/** A line that comes later than this (ms) after the one before belongs to nothing. */
const maxPauseMs = 2000;

/** Begins a trace whatever comes after it. */
const opening =
  /^\s*(?:[|+] )?(?:Traceback \(most recent call last\):|(?:Exception Group )Traceback|stack backtrace:|goroutine \d+ \[)/;
/** Without one of these at its beginning, a line begins no trace: nearly all lines. */
const openers: ReadonlySet<string> = new Set([' ', '\t', '|', '+', 'T', 'E', 's', 'g']);
/** Makes the line before it the head of a trace. */
const frame = /^\s+(?:at |from |File "|in `|\.\.\. \d+ (?:more|common))/;
/** Continues a trace without being indented. */
const continuation = /^(?:Caused by: |Suppressed: |\s*\[cause\]: |\s*\.\.\. \d+ )/;

export interface TracedLine {
  readonly text: string;
  /** ms since the epoch */
  readonly at: number;
  readonly run: string;
}

/** Where a trace of a service stands. */
type Position<L> =
  | { readonly kind: 'outside'; readonly last: L | undefined }
  | { readonly kind: 'inside'; readonly head: L; readonly last: L; readonly style: 'indented' | 'python' | 'go' };

/** Reads the lines of one service in order. */
export class TraceReader<L extends TracedLine> {
  #position: Position<L> = { kind: 'outside', last: undefined };

  /** Returns the part that the line has in a trace, and its head, which may be the line before. */
  read(line: L): { readonly part: TracePart; readonly head: L } | undefined {
    const position = this.#position;
    const isNear = position.last?.run === line.run && line.at - position.last.at <= maxPauseMs;
    if (!isNear) return this.#outside(line, undefined);
    if (position.kind === 'outside') return this.#outside(line, position.last);
    const { head, style } = position;
    if (opening.test(line.text) && !/^\s/.test(line.text)) return this.#outside(line, undefined);
    if (/^[\s|+]/.test(line.text) || continuation.test(line.text) || (style === 'go' && line.text !== '')) {
      this.#position = { ...position, last: line };
      return { part: 'frame', head };
    }
    this.#position = { kind: 'outside', last: line };
    return style === 'python' && line.text !== '' ? { part: 'tail', head } : undefined;
  }

  #outside(line: L, before: L | undefined): { readonly part: TracePart; readonly head: L } | undefined {
    const first = line.text[0] ?? '';
    if (!openers.has(first)) {
      this.#position = { kind: 'outside', last: line };
      return undefined;
    }
    if (opening.test(line.text)) {
      const style = line.text.includes('goroutine') ? 'go' : line.text.includes('Traceback') ? 'python' : 'indented';
      this.#position = { kind: 'inside', head: line, last: line, style };
      return { part: 'head', head: line };
    }
    if (before !== undefined && before.text.trim() !== '' && frame.test(line.text)) {
      this.#position = { kind: 'inside', head: before, last: line, style: 'indented' };
      return { part: 'frame', head: before };
    }
    this.#position = { kind: 'outside', last: line };
    return undefined;
  }
}
