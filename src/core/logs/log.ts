/** The lines of a log on a page, in order of time, with each stack trace in one piece. */
import { LogLine } from './logLine';
import type { SentLine } from './packedLines';
import { styleAfter } from './styledText';
import type { Style } from './styledText';
import { TraceReader } from './traces';

/** More lines are not kept: the oldest tenth goes. */
export const maxLines = 1_000_000;

/** Another service may have written so many lines between two of a trace. */
const maxBetween = 2000;

export interface Appended {
  readonly lines: readonly LogLine[];
  /** Whether they are the last ones, and all others are where they were. */
  readonly isAtEnd: boolean;
}

export class Log {
  #lines: LogLine[] = [];
  /** By service. */
  readonly #readers = new Map<string, TraceReader<LogLine>>();
  /** By service, in order. */
  readonly #runs = new Map<string, string[]>();
  /** By run, the style that its latest line leaves open, where there is one. */
  readonly #styles = new Map<string, Style>();
  #number = 0;

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  clear(): void {
    this.#lines = [];
    this.#readers.clear();
    this.#runs.clear();
  }

  append(sent: readonly SentLine[]): Appended {
    const lines: LogLine[] = [];
    let isAtEnd = true;
    for (const each of sent) {
      const before = this.#styles.get(each.run);
      const line = new LogLine((this.#number += 1), each, before);
      this.#noteStyle(each, before);
      lines.push(line);
      this.#noteRun(line);
      this.#readTrace(line);
      const place = this.#placeOf(line);
      if (place === this.#lines.length) this.#lines.push(line);
      else {
        this.#lines.splice(place, 0, line);
        isAtEnd = false;
      }
    }
    if (this.#lines.length > maxLines) {
      this.#lines.splice(0, this.#lines.length - maxLines + maxLines / 10);
      isAtEnd = false;
    }
    return { lines, isAtEnd };
  }

  /** 0 for the latest run of its service, 1 for the one before. */
  ageOf({ service, run }: LogLine): number {
    const runs = this.#runs.get(service) ?? [];
    return runs.length - 1 - runs.indexOf(run);
  }

  #noteStyle({ run, text }: SentLine, before: Style | undefined): void {
    const after = styleAfter(text, before);
    if (after === before) return;
    if (after === undefined) this.#styles.delete(run);
    else this.#styles.set(run, after);
  }

  #noteRun({ service, run }: LogLine): void {
    const runs = this.#runs.get(service);
    if (runs === undefined) this.#runs.set(service, [run]);
    else if (runs.at(-1) !== run && !runs.includes(run)) runs.push(run);
  }

  #readTrace(line: LogLine): void {
    let reader = this.#readers.get(line.service);
    if (reader === undefined) {
      reader = new TraceReader<LogLine>();
      this.#readers.set(line.service, reader);
    }
    const found = reader.read(line);
    if (found === undefined) return;
    if (found.part === 'frame') found.head.lead(line);
    else {
      line.part = found.part;
      line.head = found.head;
    }
  }

  /** A line of a trace follows the one before it in the trace, whatever other services wrote in between. */
  #placeOf(line: LogLine): number {
    const end = this.#lines.length;
    if (line.head === undefined || line.head === line) return end;
    for (let at = end - 1; at >= Math.max(0, end - maxBetween); at -= 1) {
      const other = this.#lines[at];
      if (other === line.head || other?.head === line.head) return at + 1;
    }
    return end;
  }
}
