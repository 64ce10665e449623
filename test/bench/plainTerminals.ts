/** Terminals without an editor: each run is a plain child that leads a session of its own, as a task's process does. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Disposable, LaunchRequest, ProcessTable, TerminalListener, Terminals } from '../../src/app/ports';
import { known, unverified } from '../../src/core/model/process';
import { now } from './time';

/** The child of a service, with the moments that only its parent knows. */
export interface PlainRun {
  readonly child: ChildProcess;
  /** When Node told that it had ended. */
  exitedAt: number | undefined;
  /** Whole lines it wrote, with the moment they came. */
  readonly lines: string[];
}

export class PlainTerminals implements Terminals {
  /** How long after the end it is reported, in ms: VS Code's report comes 260 ms late. */
  reportDelayMs = 0;
  /** What is run for a service. */
  wordsOf: (request: LaunchRequest) => readonly string[] = plainWords;
  readonly #runs = new Map<string, PlainRun>();
  #listener: TerminalListener | undefined;
  #lineListener: (service: string, line: string) => void = () => undefined;

  constructor(private readonly processes: ProcessTable) {}

  /** The latest run of a service. */
  runOf(service: string): PlainRun | undefined {
    return this.#runs.get(service);
  }

  onLine(listener: (service: string, line: string) => void): void {
    this.#lineListener = listener;
  }

  async launch(request: LaunchRequest): ReturnType<Terminals['launch']> {
    const { spec, run, launch } = request;
    const env = { ...process.env, ...launch.env, SERVICE_LIFECYCLE_RUN: run };
    const [program = '', ...args] = this.wordsOf(request);
    const child = spawn(program, args, { cwd: launch.cwd, env, detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
    const { pid } = child;
    if (pid === undefined) return { ok: false, failure: { kind: 'taskRefused', detail: `${program} did not start` } };
    const plain: PlainRun = { child, exitedAt: undefined, lines: [] };
    this.#runs.set(spec.id, plain);
    child.stdin.on('error', () => undefined);
    this.#listen(spec.id, run, plain);
    const identity = await this.processes.identify(pid);
    const isKnown = identity.kind === 'known' && identity.value !== undefined;
    return { ok: true, process: isKnown ? identity.value : { pid, born: unverified } };
  }

  attach(): void {
    // Nothing is left over from another window.
  }

  blockedSince = (): ReturnType<Terminals['blockedSince']> => known(undefined);

  typeControl(): boolean {
    return false;
  }

  typeAnswer(): boolean {
    return false;
  }

  show(): boolean {
    return false;
  }

  listen(listener: TerminalListener): Disposable {
    this.#listener = listener;
    return { dispose: () => (this.#listener = undefined) };
  }

  #listen(service: string, run: string, plain: PlainRun): void {
    const { child, lines } = plain;
    let rest = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      const whole = (rest + text).split('\n');
      rest = whole.pop() ?? '';
      for (const line of whole) {
        lines.push(line);
        this.#lineListener(service, line);
      }
      this.#listener?.wrote(run, text);
    });
    child.once('exit', (code) => {
      plain.exitedAt = now();
      const report = (): void => this.#listener?.ended(run, code ?? undefined, false);
      if (this.reportDelayMs === 0) report();
      else setTimeout(report, this.reportDelayMs);
    });
  }
}

const plainWords = ({ launch: { command } }: LaunchRequest): readonly string[] =>
  typeof command === 'string' ? ['/bin/sh', '-c', command] : command;
