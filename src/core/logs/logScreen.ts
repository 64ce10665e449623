/** What a log on a page shows: lines, filter, search, folds and the place in the matches. The page draws it after each change. */
import { clearedBy, withCleared, withoutFrom } from './cleared';
import { shownBy } from './filter';
import type { LogFilter } from './filter';
import { Log } from './log';
import type { LogLine } from './logLine';
import { LogSearch } from './logSearch';
import type { SearchPorts, SearchState } from './logSearch';
import type { SentLine } from './packedLines';
import { readQuery } from './query';
import type { Query } from './query';

/** What the user has chosen. */
export interface ScreenOptions extends Pick<LogFilter, 'level' | 'runs' | 'cleared'> {
  /** As typed. */
  readonly search: string;
  readonly onlyMatches: boolean;
}

export class LogScreen {
  readonly #log = new Log();
  readonly #search: LogSearch;
  #options: ScreenOptions = { level: 'all', runs: 'all', cleared: [], search: '', onlyMatches: true };
  #shown: LogLine[] = [];
  #matches: readonly LogLine[] | undefined;
  #current: LogLine | undefined;
  #skipped = 0;
  #clearedCount = 0;

  constructor(
    ports: SearchPorts,
    private readonly changed: () => void,
  ) {
    this.#search = new LogSearch(ports, () => this.#filter());
  }

  /** In order; the same array only while nothing has changed. */
  get shown(): readonly LogLine[] {
    return this.#shown;
  }

  /** All that were not cleared, shown or not. */
  get count(): number {
    return this.#log.lines.length - this.#clearedCount;
  }

  get options(): ScreenOptions {
    return this.#options;
  }

  get query(): Query {
    return this.#search.query;
  }

  get searchState(): SearchState {
    return this.#search.state;
  }

  /** Lines that were too many to be sent. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Whether lines are left out because they were cleared. */
  get isCleared(): boolean {
    return this.#clearedCount > 0;
  }

  /** Those of the shown lines that match, in order; none without a search. */
  get matches(): readonly LogLine[] {
    return (this.#matches ??= this.#isSearching ? this.#shown.filter((line) => this.isMatch(line)) : []);
  }

  /** The match that the user has gone to. */
  get current(): LogLine | undefined {
    return this.#current;
  }

  isMatch(line: LogLine): boolean {
    return this.#isSearching && line.searched === this.#search.number && line.isMatch;
  }

  /** Takes everything that there is, instead of what was there. */
  replace(sent: readonly SentLine[]): void {
    this.#log.clear();
    this.#log.append(sent);
    this.#skipped = 0;
    this.#current = undefined;
    this.#search.start(this.#search.query, this.#log.lines);
    this.#filter();
  }

  append(sent: readonly SentLine[], skipped: number): void {
    const { lines, isAtEnd } = this.#log.append(sent);
    this.#skipped += skipped;
    this.#search.extend(lines);
    if (!isAtEnd || this.#options.runs !== 'all') {
      this.#filter();
      return;
    }
    const isShown = shownBy(this.#filterNow, this.#log);
    this.#show([...this.#shown, ...lines.filter(isShown)]);
  }

  /** Leaves out of the view what there is now, also after a reload. */
  clear(): void {
    this.#skipped = 0;
    this.#current = undefined;
    this.choose({ cleared: withCleared(this.#options.cleared, this.#log.lines) });
  }

  /** Undoes each `clear`, also of services that are not chosen now. */
  showCleared(): void {
    this.choose({ cleared: [] });
  }

  /** The first line that was written at a moment (ms since the epoch) or later, which is shown even if it was cleared; else the last line. */
  firstFrom(moment: number): LogLine | undefined {
    const { cleared } = this.#options;
    const left = withoutFrom(cleared, moment, new Set(this.#log.lines.map(({ service }) => service)));
    if (left.length < cleared.length) this.choose({ cleared: left });
    return this.#shown.find(({ at }) => at >= moment) ?? this.#shown.at(-1);
  }

  choose(change: Partial<ScreenOptions>): void {
    const before = this.#options.search;
    this.#options = { ...this.#options, ...change };
    if (this.#options.search !== before) {
      this.#current = undefined;
      this.#search.start(readQuery(this.#options.search), this.#log.lines);
    }
    this.#filter();
  }

  fold(head: LogLine, isFolded: boolean): void {
    head.isFolded = isFolded;
    this.#filter();
  }

  foldAll(isFolded: boolean): void {
    for (const line of this.#log.lines) if (line.frames > 0) line.isFolded = isFolded;
    this.#filter();
  }

  /** Goes to the next match (1) or the previous one (-1), around the end; from `near` when there is no present one. */
  step(by: 1 | -1, near: LogLine | undefined): LogLine | undefined {
    const { matches } = this;
    if (matches.length === 0) return undefined;
    const at = this.#current === undefined ? -1 : matches.indexOf(this.#current);
    const next = at < 0 ? this.#firstFrom(by, near) : (at + by + matches.length) % matches.length;
    this.#current = matches[next];
    this.changed();
    return this.#current;
  }

  #firstFrom(by: 1 | -1, near: LogLine | undefined): number {
    const { matches } = this;
    if (near === undefined) return by > 0 ? 0 : matches.length - 1;
    const next = matches.findIndex(({ at }) => at >= near.at);
    if (by > 0) return next < 0 ? 0 : next;
    return next <= 0 ? matches.length - 1 : next - 1;
  }

  get #isSearching(): boolean {
    return this.#search.query.kind === 'text' || this.#search.query.kind === 'expression';
  }

  get #filterNow(): LogFilter {
    const { level, runs, cleared, onlyMatches } = this.#options;
    return { level, runs, cleared, search: onlyMatches && this.#isSearching ? this.#search.number : undefined };
  }

  #filter(): void {
    const { lines } = this.#log;
    const { cleared } = this.#options;
    this.#clearedCount = cleared.length === 0 ? 0 : lines.filter(clearedBy(cleared)).length;
    this.#show(lines.filter(shownBy(this.#filterNow, this.#log)));
  }

  #show(lines: LogLine[]): void {
    this.#shown = lines;
    this.#matches = undefined;
    this.changed();
  }
}
