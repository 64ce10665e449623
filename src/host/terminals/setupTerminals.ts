/** Terminals of setup steps: apart from those of services, so that no output of the one is taken for the other's. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { Disposable, ProcessTable, StepEnd, StepLaunch, StepTerminals } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import { OutputTail } from '../../core/output/outputTail';
import { OutputReader } from './outputReader';
import type { SaveGuard } from './saveGuard';
import { inBackground, runVariable, scopeOf, taskSource } from './task';
import { TerminalBook } from './terminalBook';
import { after } from './after';

/**
 * Not declared in package.json: nobody writes such a task, and VS Code keeps all keys of a type that it does not know. The marker makes
 * every execution a task of its own, which cannot join one whose end was not reported yet.
 */
const taskType = 'serviceSetup';

/** How long a task may take from being handed over to having a process, in ms. */
const startDeadline = 20_000;

/** The last words of a step may come after its end (ms), and are asked for so often. */
const lastWords = { wait: 1000, pause: 50 };

type Launched = Awaited<ReturnType<StepTerminals['launch']>>;

interface TaskProcess {
  readonly pid: number;
  readonly execution: vscode.TaskExecution;
}

/** One execution, as far as VS Code has told of it. */
class Told {
  readonly output = new OutputTail();
  started: (process: TaskProcess) => void = () => undefined;
  ended: (end: StepEnd) => void = () => undefined;
  readonly process = new Promise<TaskProcess>((resolve) => (this.started = resolve));
  readonly end = new Promise<StepEnd>((resolve) => (this.ended = resolve));

  async lines(): Promise<readonly string[]> {
    for (let waited = 0; waited < lastWords.wait && this.output.lines().length === 0; waited += lastWords.pause) {
      await after(lastWords.pause);
    }
    return this.output.lines();
  }
}

export class SetupTerminals implements StepTerminals, Disposable {
  readonly #lifetime = new Lifetime();
  readonly #book = this.#lifetime.add(new TerminalBook((marker) => this.#told.get(marker)?.ended({ kind: 'closed' })));
  /** By marker: the latest execution of each step. */
  readonly #told = new Map<string, Told>();
  /** By key: its marker. */
  readonly #latest = new Map<string, string>();

  constructor(
    private readonly processes: ProcessTable,
    private readonly saveGuard: SaveGuard,
  ) {
    const own = <T extends Disposable>(disposable: T): T => this.#lifetime.add(disposable);
    own(
      new OutputReader({
        ownerOf: (terminal) => this.#book.ownerOf(terminal),
        wrote: (marker, chunk) => this.#told.get(marker)?.output.append(chunk),
        // A step ends, and then all is told.
        renew: () => Promise.resolve(false),
        look: () => undefined,
      }),
    );
    own(
      vscode.tasks.onDidStartTaskProcess(({ execution, processId }) => {
        this.#told.get(markerOf(execution) ?? '')?.started({ pid: processId, execution });
      }),
    );
    own(vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => this.#ended(markerOf(execution) ?? '', exitCode)));
  }

  async launch(request: StepLaunch): Promise<Launched> {
    const { key, marker, by } = request;
    const told = this.#expect(key, marker);
    try {
      // Guarded until there is a process: executeTask resolves before VS Code has come to save anything (seen on 1.139.1).
      const started = await this.saveGuard.around(by, async () => {
        await vscode.tasks.executeTask(stepTask(request));
        return Promise.race([told.process, after(startDeadline)]);
      });
      return started === undefined
        ? this.#refused(key, t('the editor could not start its terminal; the terminal says why'))
        : await this.#launched(request, told, started);
    } catch (error) {
      return this.#refused(key, error instanceof Error ? error.message : String(error));
    }
  }

  show(key: string, focus: 'keepFocus' | 'takeFocus'): boolean {
    const terminal = this.#book.terminalOfService(key);
    terminal?.show(focus === 'keepFocus');
    return terminal !== undefined;
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #expect(key: string, marker: string): Told {
    const told = new Told();
    this.#told.delete(this.#latest.get(key) ?? '');
    this.#latest.set(key, marker);
    this.#told.set(marker, told);
    this.#book.expect(key);
    return told;
  }

  async #launched({ key, marker }: StepLaunch, told: Told, { pid, execution }: TaskProcess): Promise<Launched> {
    const before = this.#book.terminalOfService(key);
    this.#book.bind({ run: marker, service: key, pid, execution, origin: 'launched', isAwaited: false });
    // The terminal of a failure has had its time; not sooner, because the panel closes with its last terminal.
    before?.dispose();
    const identity = await this.processes.identify(pid);
    // It may have ended already: an identity that matches nothing is gone.
    const process = identity.kind === 'known' && identity.value !== undefined ? identity.value : { pid, born: '' };
    return { ok: true, process, end: told.end, lines: () => told.lines() };
  }

  /**
   * Without a code it was terminated: whether a person closed its terminal is told a moment later. After a success the terminal goes; that
   * of a failure stays, to be read.
   */
  #ended(marker: string, exitCode: number | undefined): void {
    const told = this.#told.get(marker);
    if (told === undefined || exitCode === undefined) return;
    told.ended({ kind: 'exited', exitCode });
    if (exitCode === 0) this.#book.whenFound(marker, (terminal) => terminal.dispose());
  }

  #refused(key: string, detail: string): Launched {
    this.#book.forget(key);
    return { ok: false, failure: { kind: 'taskRefused', detail } };
  }
}

/** Undefined for the task of anything else. */
const markerOf = ({ task: { definition } }: vscode.TaskExecution): string | undefined =>
  definition.type === taskType && typeof definition['marker'] === 'string' ? definition['marker'] : undefined;

function stepTask({ spec, step, marker }: StepLaunch): vscode.Task {
  const { command, cwd, env } = step.launch;
  const options = { cwd, env: { ...env, [runVariable]: marker } };
  const execution = new vscode.ShellExecution(typeof command === 'string' ? command : command.join(' '), options);
  const definition = { type: taskType, marker };
  const task = new vscode.Task(definition, scopeOf(spec), `${spec.key}: ${step.name}`, taskSource, execution, []);
  task.presentationOptions = inBackground;
  return task;
}
