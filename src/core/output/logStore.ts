/**
 * The output of services as whole lines without terminal codes, each with its time and run, in bounded memory. Read by page: by the
 * tools of agents, by the command svc, by the API, and by whatever shows logs.
 */

import { flatCopy } from './flatCopy';

/** The limits for one service; what comes first is dropped first, and counted. */
export const logLimits = { lines: 5000, bytes: 5 * 1024 * 1024 };

export interface LogLine {
  /** Grows with every line of any service, also across windows: from the time (µs since the epoch) of the line. */
  readonly seq: number;
  /** ms since the epoch */
  readonly at: number;
  readonly run: string;
  /** Without terminal codes. */
  readonly text: string;
  /** The same with the codes of its colours, when it has any. */
  readonly styled?: string;
}

/** A line as it was read, without a time. */
export type LogText = Pick<LogLine, 'text' | 'styled'>;

export interface LogSlice {
  /** Oldest first. */
  readonly lines: readonly LogLine[];
  /** How many lines, at most, came after the cursor and are not kept any more. */
  readonly dropped: number;
}

interface Log {
  lines: LogLine[];
  bytes: number;
  dropped: number;
}

/** Called with the identity of the service and its new lines. */
export type LogListener = (identity: string, lines: readonly LogLine[]) => void;

export class LogStore {
  /** By the identity of the service. */
  readonly #logs = new Map<string, Log>();
  readonly #listeners = new Set<LogListener>();
  #last = 0;

  /** `at` in ms since the epoch. */
  append(identity: string, run: string, texts: readonly (string | LogText)[], at: number): void {
    if (texts.length === 0) return;
    const lines = texts.map((written): LogLine => {
      const { text, styled } = typeof written === 'string' ? { text: written, styled: undefined } : written;
      const line = { seq: this.next(at), at, run, text: flatCopy(text) };
      return styled === undefined ? line : { ...line, styled: flatCopy(styled) };
    });
    this.#add(identity, lines, 0);
    for (const listener of [...this.#listeners]) listener(identity, lines);
  }

  /** Takes what an earlier window kept of a service; what was read since stays behind it. */
  restore(identity: string, earlier: LogSlice): void {
    const present = this.#logs.get(identity);
    const first = present?.lines[0]?.seq ?? Infinity;
    const lines = [...earlier.lines.filter(({ seq }) => seq < first), ...(present?.lines ?? [])];
    this.#last = Math.max(this.#last, lines.at(-1)?.seq ?? 0);
    this.#logs.delete(identity);
    this.#add(identity, lines, earlier.dropped + (present?.dropped ?? 0));
  }

  /** Takes what another window has written of a service that it supervises. */
  replace(identity: string, slice: LogSlice): void {
    this.#logs.delete(identity);
    this.restore(identity, slice);
  }

  /** The lines that came after the cursor; all without one. */
  read(identity: string, since = 0): LogSlice {
    const log = this.#logs.get(identity);
    if (log === undefined) return { lines: [], dropped: 0 };
    const first = log.lines[0]?.seq ?? Infinity;
    const from = since < first ? 0 : log.lines.findIndex(({ seq }) => seq > since);
    return { lines: from < 0 ? [] : log.lines.slice(from), dropped: since < first ? log.dropped : 0 };
  }

  /** A number that is greater than every one before, for a line or an event at this time (ms since the epoch). */
  next(at: number): number {
    this.#last = Math.max(this.#last + 1, Math.round(at) * 1000);
    return this.#last;
  }

  /** A cursor after everything there is. */
  get last(): number {
    return this.#last;
  }

  onDidAppend(listener: LogListener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  #add(identity: string, lines: readonly LogLine[], dropped: number): void {
    const log = this.#logs.get(identity) ?? { lines: [], bytes: 0, dropped: 0 };
    this.#logs.set(identity, log);
    log.dropped += dropped;
    for (const line of lines) {
      log.lines.push(line);
      log.bytes += bytesOf(line);
    }
    let surplus = Math.max(0, log.lines.length - logLimits.lines);
    for (let at = 0; at < surplus || log.bytes > logLimits.bytes; at += 1) {
      log.bytes -= bytesOf(log.lines[at]);
      surplus = Math.max(surplus, at + 1);
    }
    log.dropped += log.lines.splice(0, surplus).length;
  }
}

const bytesOf = (line: LogLine | undefined): number => byteLength(line?.text ?? '') + byteLength(line?.styled ?? '');

/** Bytes as UTF-8. */
function byteLength(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // A surrogate pair has four bytes in UTF-8, two for each half.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
