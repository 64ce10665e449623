/** Reads what services write. Shell integration is the only stable way, and it is optional: without it there are no reasons from output. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { Disposable, SeenTerminal } from '../../app/ports';
import { toGrid } from '../../core/model/grid';
import { OutputPoller } from '../../core/output/outputPoller';
import type { Reading } from '../../core/model/process';
import { known } from '../../core/model/process';

/**
 * The owner of a terminal: the run of a service, certainly none, or not decided yet. `isAwaited`: a line of the output decides when
 * the run is ready.
 */
export type Owner =
  | { readonly kind: 'run'; readonly run: string; readonly isAwaited: boolean }
  | { readonly kind: 'other' }
  | { readonly kind: 'undecided' };

interface Source {
  readonly ownerOf: (terminal: vscode.Terminal) => Owner;
  readonly wrote: (run: string, chunk: string) => void;
  /** Whether a new execution is begun. */
  readonly renew: (terminal: vscode.Terminal) => Promise<boolean>;
  /** Undefined where the system does not show it. */
  readonly look: (terminal: vscode.Terminal) => SeenTerminal | undefined;
}

interface Stream {
  /** Undefined until the owner of the terminal is known. */
  readonly run: string | undefined;
  readonly isAwaited: boolean;
  readonly pace: OutputPoller;
  /** The terminal's device. A reused pid has another one, which must not be read. */
  readonly device: string | undefined;
}

/**
 * Of more output that arrives at once, only the end is read, which is about as much as the store keeps: a flood comes in pieces of
 * 60 MB. As much is kept while the owner is undecided, because the first output of a service that fails at once names the cause.
 */
const maxPieceCharacters = 512 * 1024;

/** The shortest time between two rounds in which all terminals are checked that are due. */
const roundMs = 500;
/** One that is due so soon is checked in the same round: rounds take place at moments that all timers share. */
const sameRoundMs = 125;

export class OutputReader implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #streams = new Map<vscode.Terminal, Stream>();
  /** `at`: in ms of the monotonic clock. */
  #nextRound: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;

  constructor(private readonly source: Source) {
    this.#lifetime.add(
      vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        // What is written before read() is called is lost, so it is called while the owner is undecided, too.
        const owner = source.ownerOf(terminal);
        if (owner.kind === 'other') return;
        this.#streamOf(terminal, owner).pace.began();
        void this.#read(terminal, execution.read());
      }),
    );
    this.#lifetime.add(vscode.window.onDidCloseTerminal((terminal) => this.#forget(terminal)));
  }

  /** Undefined for a terminal that is not read, or cannot be looked at. See {@link OutputPoller.blockedSince}. */
  blockedSince(terminal: vscode.Terminal): Reading<number | undefined> | undefined {
    const stream = this.#streams.get(terminal);
    if (stream?.device === undefined) return undefined;
    // What the last check saw may be over; while output is being requested there is no check at all.
    if (stream.pace.blockedSince !== undefined && this.source.look(terminal)?.isBlocked === false) stream.pace.flows();
    return known(stream.pace.blockedSince);
  }

  dispose(): void {
    this.#lifetime.dispose();
    this.#cancelRound();
  }

  /**
   * The stream belongs to the terminal rather than to a run: when a task runs in it again, the output comes on the stream of
   * the first (seen on 1.139.1), which never ends. So the owner is looked up for every chunk.
   */
  async #read(terminal: vscode.Terminal, stream: AsyncIterable<string>): Promise<void> {
    let waiting = '';
    for await (const chunk of stream) {
      const owner = this.source.ownerOf(terminal);
      if (this.#lifetime.isOver) return;
      if (owner.kind === 'other') {
        this.#forget(terminal);
        return;
      }
      const { pace } = this.#streamOf(terminal, owner);
      pace.heard(chunk, Date.now());
      if (pace.isTooLong()) this.#ask(terminal, pace);
      waiting = (waiting + chunk).slice(-maxPieceCharacters);
      if (owner.kind === 'undecided') void this.#flushLater(terminal, () => take());
      else this.source.wrote(owner.run, take());
    }
    function take(): string {
      const all = waiting;
      waiting = '';
      return all;
    }
  }

  /** The last words of a process are followed by no chunk that would bring them on their way. */
  async #flushLater(terminal: vscode.Terminal, take: () => string): Promise<void> {
    for (let tries = 0; tries < 40 && !this.#lifetime.isOver; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const owner = this.source.ownerOf(terminal);
      if (owner.kind === 'other') return;
      if (owner.kind === 'undecided') continue;
      const chunk = take();
      if (chunk !== '') this.source.wrote(owner.run, chunk);
      return;
    }
  }

  /** A new run in the same terminal is a new beginning; what was heard before its name was known is its own. */
  #streamOf(terminal: vscode.Terminal, owner: Owner): Stream {
    const { run, isAwaited } = owner.kind === 'run' ? owner : { run: undefined, isAwaited: false };
    const before = this.#streams.get(terminal);
    if (before !== undefined && (run === undefined || run === before.run)) return before;
    const unnamed = before?.run === undefined ? before : undefined;
    const stream = { run, isAwaited, pace: unnamed?.pace ?? new OutputPoller(Date.now()), device: unnamed?.device };
    this.#streams.set(terminal, stream);
    this.#scheduleRound();
    return stream;
  }

  #forget(terminal: vscode.Terminal): void {
    this.#streams.delete(terminal);
    if (this.#streams.size === 0) this.#cancelRound();
  }

  /** Never postpones a round. */
  #scheduleRound(): void {
    const now = Date.now();
    const elapsed = performance.now();
    let soonest = Infinity;
    this.#streams.forEach(({ pace }) => {
      soonest = Math.min(soonest, pace.dueIn(now));
    });
    const delay = toGrid(Math.max(soonest, roundMs), elapsed);
    if (this.#nextRound !== undefined && this.#nextRound.at <= elapsed + delay) return;
    this.#cancelRound();
    this.#nextRound = { at: elapsed + delay, timer: setTimeout(() => this.#round(), Math.ceil(delay)) };
  }

  #cancelRound(): void {
    clearTimeout(this.#nextRound?.timer);
    this.#nextRound = undefined;
  }

  #round(): void {
    this.#nextRound = undefined;
    const now = Date.now();
    this.#streams.forEach(({ pace }, terminal) => {
      if (pace.dueIn(now) <= sameRoundMs) this.#lookAt(terminal, now);
    });
    if (this.#streams.size > 0) this.#scheduleRound();
  }

  #lookAt(terminal: vscode.Terminal, now: number): void {
    const stream = this.#streamOf(terminal, this.source.ownerOf(terminal));
    if (stream.run === undefined) return;
    const seen = this.source.look(terminal);
    const isOwn = seen?.device === (stream.device ?? seen?.device);
    if (seen === undefined || !isOwn) {
      stream.pace.unseen(now);
      return;
    }
    if (stream.device === undefined) this.#streams.set(terminal, { ...stream, device: seen.device });
    if (stream.pace.looked(seen, now, stream.isAwaited)) this.#ask(terminal, stream.pace);
  }

  #ask(terminal: vscode.Terminal, pace: OutputPoller): void {
    pace.asking(Date.now());
    void this.source.renew(terminal).then((isBegun) => pace.asked(isBegun));
  }
}
