/** Reads what services write. Shell integration is the only stable way, and it is optional: without it there are no reasons from output. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { Disposable } from '../../app/ports';

export class OutputReader implements Disposable {
  readonly #lifetime = new Lifetime();

  /**
   * `runOf` answers at once for a terminal that may be a service's: what is written before `read()` is called is lost.
   */
  constructor(
    private readonly runOf: (terminal: vscode.Terminal) => string | undefined,
    private readonly wrote: (run: string, chunk: string) => void,
  ) {
    this.#lifetime.add(
      vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        const run = this.runOf(terminal);
        if (run !== undefined) void this.#read(run, execution.read());
      }),
    );
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** The stream may never end, also after its task did; what it still yields then belongs to a run nobody knows any more. */
  async #read(run: string, stream: AsyncIterable<string>): Promise<void> {
    for await (const chunk of stream) {
      if (this.#lifetime.isOver) return;
      this.wrote(run, chunk);
    }
  }
}
