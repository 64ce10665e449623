/** Notices when one of several processes of a run has ended with an error while others go on. */
import { findCause } from '../../core/output/cause/findCause';
import { sourceLines } from '../../core/output/cause/cleaning';
import { RunnerParts } from '../../core/output/runnerParts';
import { lostPart, isParallel } from '../../core/output/shellParts';
import type { EndedPart } from '../../core/model/endedPart';
import { defined } from '../../core/model/defined';
import { commandLine } from '../../core/model/service';
import type { ServiceSpec } from '../../core/model/service';
import type { Clock, Disposable, ProcessTree } from '../ports';

interface PartWatchHost {
  readonly clock: Clock;
  readonly lines: () => readonly string[];
  readonly tree: () => { readonly tree: ProcessTree | undefined; readonly pid: number | undefined };
  readonly report: (ended: readonly EndedPart[]) => void;
  readonly owns: (timer: Disposable) => void;
}

/** A process that has written its last error is gone by then. */
const lookDelayMs = 700;

export class PartWatch {
  readonly #runner = new RunnerParts();
  readonly #command: string;
  #lost: EndedPart | undefined;
  #isLooking = false;

  constructor(
    spec: ServiceSpec,
    private readonly host: PartWatchHost,
  ) {
    this.#command = commandLine(spec);
  }

  /** Takes a complete line of output. */
  heard(line: string): void {
    if (this.#runner.read(line)) this.#report();
  }

  /** An error was written: a shell does not report the end of a command that it runs in the background. */
  errorHeard(): void {
    if (this.#isLooking || !mayBeParallel(this.#command)) return;
    this.#isLooking = true;
    this.host.owns(this.host.clock.after(lookDelayMs, () => void this.#look().finally(() => (this.#isLooking = false))));
  }

  async #look(): Promise<void> {
    const { tree, pid } = this.host.tree();
    const members = await tree?.members();
    if (members?.kind !== 'known' || pid === undefined) return;
    const lost = lostPart(members.value, pid, this.#command);
    const detail = findCause(this.host.lines(), false)?.sentence;
    const part = lost === undefined ? undefined : defined({ name: lost === '' ? undefined : lost, detail });
    if (part === undefined && this.#lost === undefined) return;
    this.#lost = part;
    this.#report();
  }

  #report(): void {
    const lines = this.host.lines();
    const parts = this.#runner.ended.map((part) => {
      const own = sourceLines(lines, part.name);
      return { ...part, ...defined({ detail: findCause(own, true)?.sentence }) };
    });
    this.host.report(this.#lost === undefined ? parts : [...parts, this.#lost]);
  }
}

/** A script of a package manager or of make may contain `a & b`, too. */
const mayBeParallel = (command: string): boolean =>
  isParallel(command) || /^(?:\S*[\\/])?(?:npm|pnpm|yarn|bun|make|just)(?:\.cmd)?\s/.test(command);
