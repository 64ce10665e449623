/** Listens to what a service writes: when it says that it is ready, reloads or serves another port, and its last words. */
import type { RunEvent } from '../../core/lifecycle/events';
import { echoesCtrlC, lineMatcher, OutputTail, tellingLine } from '../../core/output/outputTail';
import type { ServiceSpec } from '../../core/model/service';
import { readSign } from '../../core/output/serverSignatures';
import type { RunId } from '../../core/lifecycle/state';

export class Listening {
  readonly #output = new OutputTail();
  readonly #isReadyLine: (line: string) => boolean;

  constructor(
    private readonly run: RunId,
    spec: ServiceSpec,
    private readonly now: () => number,
    private readonly report: (event: RunEvent) => void,
  ) {
    this.#isReadyLine = spec.readyLine === undefined ? () => false : lineMatcher(spec.readyLine);
  }

  /** Takes a chunk that may begin and end anywhere. */
  wrote(chunk: string): void {
    for (const line of this.#output.append(chunk)) this.#heard(line);
  }

  lines(): readonly string[] {
    return this.#output.lines();
  }

  lastLine(exitCode: number | undefined): { lastLine?: string } {
    const lastLine = tellingLine(this.#output.lines(), exitCode);
    return lastLine === undefined ? {} : { lastLine };
  }

  /** 130 is what a shell reports for SIGINT; without readable output a plain end after typing is taken for Ctrl+C. */
  wasInterrupted(exitCode: number | undefined, typedInto: boolean): boolean {
    if (!typedInto) return false;
    const lines = this.#output.lines();
    return exitCode === 130 || (lines.length > 0 ? echoesCtrlC(lines) : exitCode === undefined || exitCode === 0);
  }

  #heard(line: string): void {
    const { run } = this;
    if (this.#isReadyLine(line)) this.report({ kind: 'readyLineSeen', run, at: this.now() });
    const sign = readSign(line);
    if (sign?.kind === 'reload') this.report({ kind: 'reloadSeen', run, at: this.now() });
    else if (sign?.kind === 'error')
      this.report({ kind: 'errorSeen', run, line: line.trim(), final: sign.final, at: this.now() });
    else if (sign?.kind === 'address') this.report({ kind: 'addressSeen', run, port: sign.port });
  }
}
