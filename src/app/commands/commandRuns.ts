/**
 * Runs the one-off commands of services, each in a terminal of its own. A command that runs is not run a second time: who asks for it
 * meanwhile waits for the same end.
 */
import type { Finding } from '../../core/diagnosis/finding';
import type { Service, StartedBy } from '../../core/lifecycle/state';
import type { CommandEnd, CommandState } from '../../core/model/commandResult';
import { defined } from '../../core/model/defined';
import { identityOf } from '../../core/model/identity';
import { explainLaunch } from '../../core/wording/explain';
import { Lifetime } from '../lifetime';
import type { Clock, Log, Preflight, ProcessTrees, StepTerminals } from '../ports';
import { endTree } from '../run/endTree';
import { stepEnded } from '../setup/stepEnd';
import type { LaunchedStep } from '../setup/stepEnd';
import type { Store } from '../store';
import { causeOf } from './failedCommand';
import type { DiagnoseCommand } from './failedCommand';

export interface CommandParts {
  readonly store: Store;
  readonly preflight: Preflight;
  readonly terminals: StepTerminals;
  readonly trees: ProcessTrees;
  readonly clock: Clock;
  readonly log: Log;
  newRun(): string;
  readonly diagnose: DiagnoseCommand;
}

export interface CommandRequest {
  readonly service: Service;
  /** A key of its `commands`. */
  readonly name: string;
  readonly by: StartedBy;
  /** Ends the command, when it is this request that began it. */
  readonly signal: AbortSignal;
}

export interface CommandOutcome {
  readonly end: CommandEnd;
  /** The last lines of its output, oldest first. */
  readonly lines: readonly string[];
  /** Of a command that failed, the verdict first. */
  readonly findings: readonly Finding[];
}

/** A canceled command gets this long to exit. */
const graceMs = 5000;

export class CommandRuns {
  readonly #running = new Map<string, Promise<CommandOutcome>>();

  constructor(private readonly parts: CommandParts) {}

  /** `launched` is called when there is a terminal to be shown, at once for a command that runs already. Never rejects. */
  run(request: CommandRequest, launched: () => void = () => undefined): Promise<CommandOutcome> {
    const key = keyOf(request.service, request.name);
    const present = this.#running.get(key);
    if (present !== undefined) {
      launched();
      return present;
    }
    const begun = this.#run(key, request, launched).finally(() => this.#running.delete(key));
    this.#running.set(key, begun);
    return begun;
  }

  /** Brings its terminal to the front; false when there is none. */
  show(service: Service, name: string, focus: 'keepFocus' | 'takeFocus'): boolean {
    return this.parts.terminals.show(keyOf(service, name), focus);
  }

  async #run(key: string, request: CommandRequest, launched: () => void): Promise<CommandOutcome> {
    const { store, clock, log } = this.parts;
    const { spec } = request.service;
    const keep = (change: Partial<CommandState>): void => {
      const id = store.find(spec)?.spec.id;
      if (id !== undefined) store.setCommandState(id, request.name, change);
    };
    keep({ isRunning: true });
    const outcome = await this.#execute(key, request, launched);
    log.info(`${spec.id}: command "${request.name}" ${outcome.end.kind}`);
    keep({ isRunning: false, last: { at: clock.now(), end: outcome.end } });
    return outcome;
  }

  async #execute(key: string, { service, name, by, signal }: CommandRequest, launched: () => void): Promise<CommandOutcome> {
    const { preflight, terminals } = this.parts;
    const { spec } = service;
    const prepared = await preflight.prepare({ ...spec, command: spec.commands[name] ?? '' });
    if (!prepared.ok) return refused(explainLaunch(prepared.failure));
    if (signal.aborted) return cancelled;
    const marker = this.parts.newRun();
    const step = { name, launch: prepared.launch };
    const begun = await terminals.launch({ key, spec, step, marker, by, whenDone: 'keep' });
    if (!begun.ok) return refused(explainLaunch(begun.failure));
    launched();
    const ended = await this.#awaitEnd(begun, marker, signal);
    if (ended === 'cancelled') return cancelled;
    const lines = await begun.lines();
    if (ended.exitCode === 0) return { end: { kind: 'succeeded' }, lines, findings: [] };
    const { exitCode } = ended;
    const failed = { service, name, exitCode, lines };
    const findings = await this.parts.diagnose(failed).catch(() => []);
    return { end: { kind: 'failed', exitCode, ...defined({ cause: causeOf(findings, failed) }) }, lines, findings };
  }

  /** A command whose terminal was closed, or that was canceled, leaves no process. */
  async #awaitEnd(
    begun: LaunchedStep,
    marker: string,
    signal: AbortSignal,
  ): Promise<'cancelled' | { readonly exitCode: number | undefined }> {
    const { trees, clock } = this.parts;
    const lifetime = new Lifetime();
    const tree = lifetime.add(trees.open({ process: begun.process, marker }));
    try {
      const aborted = new Promise<'aborted'>((resolve) => {
        if (signal.aborted) resolve('aborted');
        signal.addEventListener('abort', () => resolve('aborted'), { once: true });
      });
      const end = await Promise.race([stepEnded(begun, { trees, clock }, lifetime), aborted]);
      if (end !== 'aborted' && end.kind === 'exited') return end;
      if (end === 'aborted') await endTree(tree, { signal: 'SIGINT', grace: graceMs, clock });
      else await tree.kill();
      return 'cancelled';
    } finally {
      lifetime.dispose();
    }
  }
}

const cancelled: CommandOutcome = { end: { kind: 'cancelled' }, lines: [], findings: [] };

const refused = (cause: string): CommandOutcome => ({ end: { kind: 'refused', cause }, lines: [], findings: [] });

/** Not that of a setup step, which is a list of its folder and its command. */
const keyOf = ({ spec }: Service, name: string): string => JSON.stringify(['command', identityOf(spec), name]);
