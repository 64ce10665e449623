/**
 * On Windows `cmd` asks "Terminate batch job (Y/N)?" after Ctrl+C, once for each batch file on the way, such as `npm.cmd` and `vite.cmd`.
 * Nothing would answer, and the stop would take its whole grace period.
 */
import { batchLetterIn, waitsInBatch } from '../../core/output/batchQuestion';
import type { Clock, Disposable, ProcessTree, Terminals } from '../ports';

interface BatchAnswerParts {
  readonly clock: Clock;
  readonly terminals: Pick<Terminals, 'typeControl' | 'typeAnswer'>;
  readonly tree: Pick<ProcessTree, 'members'>;
  /** The line of output that is not over yet. */
  readonly partial: () => string;
}

/** Between two looks. A server that ends its work after Ctrl+C is running then, and is left alone. */
const pauseMs = 700;
/** More batch files than this are not nested. */
const maxAnswers = 6;

export class BatchAnswers implements Disposable {
  #left = maxAnswers;
  #timer: Disposable | undefined;

  constructor(
    private readonly run: string,
    private readonly parts: BatchAnswerParts,
  ) {}

  begin(): void {
    this.#timer = this.parts.clock.after(pauseMs, () => void this.#look());
  }

  dispose(): void {
    this.#left = 0;
    this.#timer?.dispose();
  }

  async #look(): Promise<void> {
    const { terminals, tree, partial } = this.parts;
    const members = await tree.members().catch(() => undefined);
    if (this.#left === 0) return;
    this.#left -= 1;
    if (members?.kind === 'known') {
      if (members.value.length === 0) return;
      if (waitsInBatch(members.value)) {
        const letter = batchLetterIn(partial());
        // A second Ctrl+C answers the question as well, where its letter is not seen.
        const isTyped = letter === undefined ? terminals.typeControl(this.run, 'C') : terminals.typeAnswer(this.run, letter);
        if (!isTyped) return;
      }
    }
    if (this.#left > 0) this.begin();
  }
}
