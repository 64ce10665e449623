/** Setup steps of the fake machine: each makes a process, which ends when the test says so. */
import type { StepEnd, StepFiles, StepLaunch, StepNote, StepNotes, StepPreflight, StepTerminals } from '../../../src/app/ports';
import type { LaunchFailure } from '../../../src/core/model/failure';
import type { Made } from '../../../src/core/lifecycle/setupNeed';
import { Gate } from './gate';
import type { FakeMachine, FakeProcess } from './machine';

interface FakeExecution {
  readonly name: string;
  readonly process: FakeProcess;
  readonly output: string[];
  readonly end: (end: StepEnd) => void;
}

export class FakeSetup {
  /** Names of the steps in the order in which they were launched. */
  readonly launched: string[] = [];
  readonly requests: StepLaunch[] = [];
  readonly shown: string[] = [];
  readonly notesKept = new Map<string, StepNote>();
  /** By the path of `unless`. */
  readonly made = new Map<string, Made>();
  readonly executions: FakeExecution[] = [];
  /** Closed, it holds every launch before it has a process. */
  readonly gate = new Gate();
  refuse: LaunchFailure | undefined;

  constructor(private readonly machine: FakeMachine) {}

  /** The latest execution of a step. */
  of(name: string): FakeExecution {
    const found = this.executions.findLast((execution) => execution.name === name);
    if (found === undefined) throw new Error(`Step ${name} was not launched.`);
    return found;
  }

  /** The step ends, and its terminal tells so. */
  end(name: string, exitCode = 0, ...output: readonly string[]): void {
    const execution = this.of(name);
    execution.output.push(...output);
    this.machine.end(execution.process.identity.pid);
    execution.end({ kind: 'exited', exitCode });
  }

  readonly #preflight: StepPreflight = {
    prepareStep: (spec, { name, command, unless }) =>
      Promise.resolve({
        ok: true,
        step: { name, launch: { command, cwd: spec.folder, env: {} }, ...(unless === undefined ? {} : { unless }) },
      }),
  };

  readonly #files: StepFiles = {
    look: (unless) => Promise.resolve(this.made.get(unless) ?? { at: undefined, from: undefined }),
  };

  readonly #notes: StepNotes = {
    read: (key) => this.notesKept.get(key),
    write: (key, note) => void this.notesKept.set(key, note),
  };

  readonly #terminals: StepTerminals = {
    launch: async (request) => {
      const { name } = request.step;
      this.launched.push(name);
      this.requests.push(request);
      await this.gate.pass();
      if (this.refuse !== undefined) return { ok: false, failure: this.refuse };
      const process = this.machine.spawn(`step ${name}`, request.marker);
      const output: string[] = [];
      let tell: (end: StepEnd) => void = () => undefined;
      const end = new Promise<StepEnd>((resolve) => (tell = resolve));
      this.executions.push({ name, process, output, end: tell });
      return { ok: true, process: process.identity, end, lines: () => Promise.resolve(output) };
    },
    show: (key) => {
      this.shown.push(key);
      return true;
    },
  };
  readonly parts = { preflight: this.#preflight, files: this.#files, notes: this.#notes, terminals: this.#terminals };
}
