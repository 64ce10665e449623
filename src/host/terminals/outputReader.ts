/** Reads what services write. Shell integration is the only stable way, and it is optional: without it there are no reasons from output. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { Disposable } from '../../app/ports';

/** Whose terminal it is: a service's run, certainly nobody's that we know, or not to be told yet. */
export type Owner =
  { readonly kind: 'run'; readonly run: string } | { readonly kind: 'stranger' } | { readonly kind: 'undecided' };

/** While the owner is undecided, so many characters are kept: the first words of a service that fails at once tell why. */
const kept = 64 * 1024;

/**
 * VS Code's extension host keeps all that a stream has yielded until its execution ends (seen on 1.139.1: 1 MB for every 2 MB), so
 * after so many characters a new execution is begun.
 */
const longestStream = 2 * 1024 * 1024;

export class OutputReader implements Disposable {
  readonly #lifetime = new Lifetime();

  constructor(
    private readonly ownerOf: (terminal: vscode.Terminal) => Owner,
    private readonly wrote: (run: string, chunk: string) => void,
    /** Whether a new execution is begun. */
    private readonly renew: (terminal: vscode.Terminal) => Promise<boolean>,
  ) {
    this.#lifetime.add(
      vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        // What is written before read() is called is lost, so it is called also while the owner cannot be told.
        if (this.ownerOf(terminal).kind !== 'stranger') void this.#read(terminal, execution.read());
      }),
    );
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /**
   * The stream belongs to the terminal rather than to a run: when a task runs in it again, the output comes on the stream of
   * the first (seen on 1.139.1), which never ends. So every chunk is asked anew whose it is.
   */
  async #read(terminal: vscode.Terminal, stream: AsyncIterable<string>): Promise<void> {
    let waiting = '';
    let taken = 0;
    let due = longestStream;
    for await (const chunk of stream) {
      const owner = this.ownerOf(terminal);
      if (this.#lifetime.isOver || owner.kind === 'stranger') return;
      taken += chunk.length;
      if (taken >= due) {
        // Asked once at a time. Where a new execution is begun this stream ends soon; where the terminal did not take the mark it is asked again.
        due = Infinity;
        void this.renew(terminal).then((isBegun) => {
          if (!isBegun) due = taken + taken / 16;
        });
      }
      waiting = (waiting + chunk).slice(-kept);
      if (owner.kind === 'undecided') void this.#flushLater(terminal, () => take());
      else this.wrote(owner.run, take());
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
      const owner = this.ownerOf(terminal);
      if (owner.kind === 'stranger') return;
      if (owner.kind === 'undecided') continue;
      const chunk = take();
      if (chunk !== '') this.wrote(owner.run, chunk);
      return;
    }
  }
}
