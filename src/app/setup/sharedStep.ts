/** One execution of a setup step, from its terminal to the end of its processes, for all services that wait for it. */
import { findCause } from '../../core/output/cause/findCause';
import { endTree } from '../run/endTree';
import type { ProcessIdentity } from '../../core/model/process';
import { defined } from '../../core/model/defined';
import { Lifetime } from '../lifetime';
import { windowOf } from '../sharing/windows';
import type { KillOutcome, ProcessTree, StepEnd } from '../ports';
import type { StepOutcome, StepParts, StepRequest } from './step';
import { stepEnded } from './stepEnd';
import type { LaunchedStep } from './stepEnd';

/** A canceled step gets this long (ms) to exit: package managers clean up after Ctrl+C. */
const grace = 5000;
export class SharedStep {
  readonly #lifetime = new Lifetime();
  readonly #callOff = new AbortController();
  /** Settles when it is over and the next may begin. */
  readonly over: Promise<StepOutcome>;
  #waiting = 0;

  constructor(
    private readonly key: string,
    private readonly request: StepRequest,
    private readonly parts: StepParts,
    finished: () => void,
  ) {
    this.over = this.#run().finally(() => {
      this.#lifetime.dispose();
      finished();
    });
  }

  get isCalledOff(): boolean {
    return this.#callOff.signal.aborted;
  }

  /** Whoever leaves while others wait is let go at once; the last one waits for its end. */
  join(signal: AbortSignal): Promise<StepOutcome> {
    this.#waiting += 1;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting -= 1;
        if (this.#waiting > 0) resolve({ kind: 'calledOff' });
        else this.#callOff.abort();
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      this.over.finally(() => signal.removeEventListener('abort', leave)).then(resolve, reject);
    });
  }

  async #run(): Promise<StepOutcome> {
    const { terminals, notes, trees } = this.parts;
    await this.#endLeftover();
    if (this.isCalledOff) return { kind: 'calledOff' };
    const marker = this.parts.newRun();
    const signature = defined({ host: this.parts.ownWindow() });
    notes.write(this.key, { kind: 'begun', marker, ...signature });
    const { spec, step, by } = this.request;
    const launched = await terminals.launch({ key: this.key, spec, step, marker, by, whenDone: 'close' });
    if (!launched.ok) return { kind: 'failed', cause: { kind: 'refused', failure: launched.failure } };
    notes.write(this.key, { kind: 'begun', marker, process: launched.process, ...signature });
    const tree = trees.open({ process: launched.process, marker });
    const end = await Promise.race([this.#ended(launched), this.#calledOff()]);
    const outcome = end === 'calledOff' ? await this.#end(tree, launched) : await this.#judge(end, tree, launched);
    // The receiver of this outcome continues to follow the survivors.
    if (outcome.kind !== 'calledOff' || outcome.survivors === undefined) tree.dispose();
    return outcome;
  }

  /** Two of the same in one folder would spoil each other's work, so what a window that is gone left running is ended. */
  async #endLeftover(): Promise<void> {
    const { notes, processes, trees, log } = this.parts;
    const note = notes.read(this.key);
    if (note?.kind !== 'begun' || note.process === undefined || !processes.isAlive(note.process)) return;
    const { spec, step } = this.request;
    if (windowOf(note, processes) === 'alive' && !isSame(note.host, this.parts.ownWindow())) {
      log.info(`${spec.id}: setup step "${step.name}" runs in another window as pid ${note.process.pid}, and is waited for`);
      await this.#goneElsewhere(note.process);
      return;
    }
    log.info(`${spec.id}: pid ${note.process.pid} of setup step "${step.name}" is left from another window, and is ended`);
    const tree = trees.open({ process: note.process, marker: note.marker });
    await this.#farewell(tree);
    tree.dispose();
  }

  /** Another window waits for it: it is not ours to end. */
  #goneElsewhere(process: ProcessIdentity): Promise<unknown> {
    const gone = new Promise<void>((resolve) => void this.#lifetime.add(this.parts.trees.watchExit(process, resolve)));
    return Promise.race([gone, this.#calledOff()]);
  }

  #calledOff(): Promise<'calledOff'> {
    const { signal } = this.#callOff;
    return new Promise((resolve) => {
      const report = (): void => resolve('calledOff');
      if (signal.aborted) report();
      else signal.addEventListener('abort', report, { once: true });
    });
  }

  #ended(launched: LaunchedStep): Promise<StepEnd> {
    return stepEnded(launched, this.parts, this.#lifetime);
  }

  async #end(tree: ProcessTree, launched: LaunchedStep): Promise<StepOutcome> {
    const outcome = await this.#farewell(tree);
    if (outcome.left.length > 0) return { kind: 'calledOff', survivors: { tree, outcome } };
    // A terminal that has not reported its end yet would take the next execution for this one.
    await this.#ended(launched);
    return { kind: 'calledOff' };
  }

  /** What a step that succeeded leaves running, such as a server that it put into the background, is left alone. */
  async #judge(end: StepEnd, tree: ProcessTree, { lines }: LaunchedStep): Promise<StepOutcome> {
    if (end.kind === 'exited' && end.exitCode === 0) return this.#judgeResult();
    await tree.kill();
    if (end.kind === 'closed') return { kind: 'closed' };
    const { exitCode } = end;
    const lastLine = findCause(await lines(), exitCode !== undefined)?.sentence;
    return {
      kind: 'failed',
      cause: { kind: 'ended', end: { exitCode, ...(lastLine === undefined ? {} : { lastLine }) } },
    };
  }

  /** VS Code reports code 0 for what was killed, too (seen on 1.139.1), as package managers are that run out of memory. */
  async #judgeResult(): Promise<StepOutcome> {
    const { files, notes, clock } = this.parts;
    const { unless } = this.request.step;
    const isThere = unless === undefined || (await files.look(unless)).at !== undefined;
    if (!isThere) return { kind: 'failed', cause: { kind: 'noResult', path: unless } };
    notes.write(this.key, { kind: 'done', at: clock.now() });
    return { kind: 'succeeded' };
  }

  #farewell(tree: ProcessTree): Promise<KillOutcome> {
    return endTree(tree, { signal: 'SIGINT', grace, clock: this.parts.clock });
  }
}

const isSame = (one: ProcessIdentity | undefined, other: ProcessIdentity | undefined): boolean =>
  one?.pid === other?.pid && one?.born === other?.born;
