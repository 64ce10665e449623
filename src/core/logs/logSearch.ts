/** Searches through the lines of a log, a part at a time, so that a page goes on responding. */
import type { LogLine } from './logLine';
import type { Query, Range } from './query';

type Expression = Extract<Query, { kind: 'expression' }>;

export interface SearchPorts {
  /**
   * Where the expression matches in each text; undefined for one without a match. The whole is undefined when it takes too long.
   */
  match(expression: Expression, texts: readonly string[]): Promise<readonly (readonly Range[] | undefined)[] | undefined>;
  /** Lets the page draw and take input. */
  pause(): Promise<void>;
}

/** Lines that are searched through between two pauses. */
const partLines = { text: 50_000, expression: 10_000 };

export type SearchState = 'idle' | 'searching' | 'tooSlow';

export class LogSearch {
  /** Counts searches; lines name the one that has looked at them. */
  #number = 0;
  #query: Query = { kind: 'none' };
  #waiting: LogLine[] = [];
  #state: SearchState = 'idle';

  constructor(
    private readonly ports: SearchPorts,
    /** Called when more lines were searched through. */
    private readonly changed: () => void,
  ) {}

  get number(): number {
    return this.#number;
  }

  get query(): Query {
    return this.#query;
  }

  get state(): SearchState {
    return this.#state;
  }

  start(query: Query, lines: readonly LogLine[]): void {
    this.#number += 1;
    this.#query = query;
    this.#waiting = [];
    this.#state = 'idle';
    this.extend(lines);
  }

  /** Looks at these lines as well. */
  extend(lines: readonly LogLine[]): void {
    if (this.#query.kind === 'none' || this.#query.kind === 'invalid' || this.#state === 'tooSlow' || lines.length === 0) return;
    for (const line of lines) this.#waiting.push(line);
    if (this.#state === 'searching') return;
    this.#state = 'searching';
    void this.#run(this.#number);
  }

  async #run(number: number): Promise<void> {
    while (this.#waiting.length > 0) {
      const outcome = await this.#searchPart();
      if (number !== this.#number) return;
      if (outcome === 'tooSlow' || this.#waiting.length === 0) break;
      this.changed();
      await this.ports.pause();
      if (number !== this.#number) return;
    }
    if (this.#state !== 'tooSlow') this.#state = 'idle';
    this.changed();
  }

  async #searchPart(): Promise<'done' | 'tooSlow'> {
    const number = this.#number;
    const query = this.#query;
    if (query.kind === 'text') {
      for (const line of this.#waiting.splice(0, partLines.text))
        note(line, number, line.text.toLowerCase().includes(query.text) ? [] : undefined);
      return 'done';
    }
    if (query.kind !== 'expression') return 'done';
    const lines = this.#waiting.splice(0, partLines.expression);
    const found = await this.ports.match(
      query,
      lines.map(({ text }) => text),
    );
    if (number !== this.#number) return 'done';
    if (found === undefined) {
      this.#state = 'tooSlow';
      this.#waiting = [];
      return 'tooSlow';
    }
    lines.forEach((line, index) => note(line, number, found[index]));
    return 'done';
  }
}

function note(line: LogLine, number: number, ranges: readonly Range[] | undefined): void {
  line.searched = number;
  line.isMatch = ranges !== undefined;
  line.ranges = ranges;
}
