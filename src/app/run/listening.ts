/** Listens to what a service writes: when it says that it is ready, reloads or serves another port, and its last words. */
import type { RunEvent } from '../../core/lifecycle/events';
import { findCause } from '../../core/output/cause/findCause';
import { questionIn } from '../../core/output/cause/question';
import { defined } from '../../core/model/defined';
import { echoesCtrlC, lineMatcher, OutputTail } from '../../core/output/outputTail';
import type { StyledLine } from '../../core/output/outputTail';
import type { ServiceSpec } from '../../core/model/service';
import { flatCopy } from '../../core/output/flatCopy';
import { readSign } from '../../core/output/serverSignatures';
import type { PartWatch } from './partWatch';
import type { RunId } from '../../core/lifecycle/state';

/** STATUS_CONTROL_C_EXIT of Windows, without and with its sign. */
const controlCExits: ReadonlySet<number> = new Set([0xc000013a, 0xc000013a - 2 ** 32]);

interface ListeningHost {
  readonly run: RunId;
  readonly spec: ServiceSpec;
  /** ms since the epoch */
  readonly now: () => number;
  readonly report: (event: RunEvent) => void;
  /** Takes whole lines. */
  readonly keep: (lines: readonly StyledLine[]) => void;
}

export class Listening {
  readonly #output = new OutputTail();
  #isWell = false;
  #question: string | undefined;
  /** The line that is not over yet was reported as the ready line. */
  #isPartialReady = false;
  readonly #isReadyLine: (line: string) => boolean;

  constructor(
    private readonly of: ListeningHost,
    private readonly parts?: Pick<PartWatch, 'heard' | 'errorHeard'>,
  ) {
    const { readyLine } = of.spec;
    this.#isReadyLine = readyLine === undefined ? () => false : lineMatcher(readyLine);
  }

  /** Takes a chunk that may begin and end anywhere. */
  wrote(chunk: string): void {
    const styled = this.#output.appendStyled(chunk);
    this.of.keep(styled);
    const lines = styled.map(({ text }) => text);
    lines.forEach((line, index) => this.#heard(line, lines.length - 1 - index));
    // A program may print its ready line without a line feed, and then wait.
    const isReady = this.#isReadyLine(this.#output.partial);
    if (isReady && !this.#isPartialReady) this.#becameReady(0);
    this.#isPartialReady = isReady;
    this.#noteQuestion();
  }

  /** Takes the outcome of a probe: what was written before the service was healthy does not explain what happens later. */
  probed(isOk: boolean): void {
    if (isOk && !this.#isWell) this.#output.mark();
    this.#isWell = isOk;
  }

  /** Nothing more will be written: a line without an end is one as well. */
  ended(): void {
    const { partial } = this.#output;
    if (partial.trim() !== '') this.of.keep([{ text: partial }]);
  }

  lines(): readonly string[] {
    return this.#output.lines();
  }

  /** How many of the lines were written before the service was last found healthy; 0 when it never was. */
  get linesBeforeHealthy(): number {
    return this.#output.linesBeforeMark;
  }

  lastLine(exitCode: number | undefined): { lastLine?: string } {
    const lines = this.#output.lines().slice(this.linesBeforeHealthy);
    return defined({ lastLine: findCause(lines, exitCode !== undefined && exitCode !== 0)?.sentence });
  }

  /** What waits for the rest of its line, such as a question. */
  get partial(): string {
    return this.#output.partial;
  }

  /**
   * 130 is what a shell reports for SIGINT, and Windows has a code that means nothing else. Without readable output a plain end after typing
   * is taken for Ctrl+C.
   */
  wasInterrupted(exitCode: number | undefined, typedInto: boolean): boolean {
    if (exitCode !== undefined && controlCExits.has(exitCode)) return true;
    if (!typedInto) return false;
    const lines = this.#output.lines();
    return exitCode === 130 || (lines.length > 0 ? echoesCtrlC(lines) : exitCode === undefined || exitCode === 0);
  }

  /** `after` is how many lines came with it. */
  #heard(line: string, after: number): void {
    const { run } = this.of;
    if (this.#isReadyLine(line)) this.#becameReady(after);
    const sign = readSign(line);
    this.parts?.heard(line);
    if (sign?.kind === 'error') this.parts?.errorHeard();
    if (sign?.kind === 'reload') this.of.report({ kind: 'reloadSeen', run, at: this.of.now() });
    else if (sign?.kind === 'error')
      this.of.report({ kind: 'errorSeen', run, line: flatCopy(line.trim()), final: sign.final, at: this.of.now() });
    else if (sign?.kind === 'address') this.of.report({ kind: 'addressSeen', run, port: sign.port });
  }

  /** Reported again for each such line: a server that restarts its worker prints it again. */
  #becameReady(after: number): void {
    this.of.report({ kind: 'readyLineSeen', run: this.of.run, at: this.of.now() });
    this.#output.mark(after);
  }

  /** A question waits as long as nothing is written after it. */
  #noteQuestion(): void {
    const question = questionIn(this.#output.lines(), this.#output.partial);
    if (question === this.#question) return;
    this.#question = question;
    this.of.report({ kind: 'questionSeen', run: this.of.run, ...defined({ question }) });
  }
}
