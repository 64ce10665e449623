/** One line of a log on a page. What is derived from its text is computed when it is needed: most lines are never shown. */
import { levelOf } from './level';
import type { Level } from './level';
import type { Range } from './query';
import type { SentLine } from './packedLines';
import { plainText } from './styledText';
import type { Style } from './styledText';
import type { TracePart } from './traces';

export class LogLine {
  /** ms since the epoch */
  readonly at: number;
  readonly service: string;
  /** Id of the run. */
  readonly run: string;
  /** With codes of colours. */
  readonly styled: string;
  /** The style in which it begins, which an earlier line of its run has set; undefined for none. */
  readonly before: Style | undefined;
  /** Where it is in a stack trace, which its head leads; the head leads itself. */
  part: TracePart | undefined;
  head: LogLine | undefined;
  /** For the head of a trace: how many frames it has. */
  frames = 0;
  isFolded = false;
  /** The number of the search that has looked at it last, and whether it matched. */
  searched = 0;
  isMatch = false;
  /** Where an expression matched. */
  ranges: readonly Range[] | undefined;
  #level: Level | 'none' | undefined;

  /** `number` counts up from 1 and is its key. */
  constructor(
    readonly number: number,
    { at, service, run, text }: SentLine,
    before?: Style,
  ) {
    this.at = at;
    this.service = service;
    this.run = run;
    this.styled = text;
    this.before = before;
  }

  get text(): string {
    return plainText(this.styled);
  }

  /** A frame is as serious as what it belongs to. */
  get level(): Level | undefined {
    if (this.part === 'frame' && this.head !== undefined && this.head !== this) return this.head.level;
    this.#level ??= levelOf(this.text) ?? (this.frames > 0 ? 'error' : 'none');
    return this.#level === 'none' ? undefined : this.#level;
  }

  /** Takes a frame of a stack trace that it leads. */
  lead(frame: LogLine): void {
    this.part ??= 'head';
    this.head ??= this;
    this.frames += 1;
    this.#level = undefined;
    frame.part = 'frame';
    frame.head = this;
  }
}
