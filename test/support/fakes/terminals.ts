/** Terminals of the fake machine: a launch makes a process. */
import type { LaunchRequest, TerminalListener, Terminals } from '../../../src/app/ports';
import { known } from '../../../src/core/model/process';
import type { LaunchFailure } from '../../../src/core/model/failure';
import type { ServiceSpec } from '../../../src/core/model/service';
import type { FakeMachine } from './machine';
import { Gate } from './gate';

export class FakeTerminals implements Terminals {
  /** Every launch, in order. */
  readonly launches: LaunchRequest[] = [];
  readonly attached: string[] = [];
  /** The same with the id of the service. */
  readonly attachedTo: string[] = [];
  readonly shown: string[] = [];
  readonly typedCtrlC: string[] = [];
  /** Answers to questions of the shell: run and letter. */
  readonly answered: string[] = [];
  /** Closed, it holds every launch before it has a process. */
  readonly gate = new Gate();
  /** Called at every key that is typed. */
  onTyped: () => void = () => undefined;
  refuse: LaunchFailure | undefined;
  /** While defined, every launch throws it. */
  fault: Error | undefined;
  listeners = 0;
  #listener: TerminalListener | undefined;

  constructor(private readonly machine: FakeMachine) {}

  /** Ids of the services launched, in order. */
  get order(): readonly string[] {
    return this.launches.map(({ spec }) => spec.id);
  }

  /** The supervisor's ear. */
  get tell(): TerminalListener {
    if (this.#listener === undefined) throw new Error('Nobody listens to the terminals.');
    return this.#listener;
  }

  async launch(request: LaunchRequest): ReturnType<Terminals['launch']> {
    this.launches.push(request);
    if (this.fault !== undefined) throw this.fault;
    await this.gate.pass();
    if (this.refuse !== undefined) return { ok: false, failure: this.refuse };
    return { ok: true, process: this.machine.spawn(request.spec.id, request.run).identity };
  }

  attach({ id }: Pick<ServiceSpec, 'id'>, run: string): void {
    this.attachedTo.push(`${id} ${run}`);
    this.attached.push(run);
  }

  blockedSince = (): ReturnType<Terminals['blockedSince']> => known(undefined);

  typeControl(run: string): boolean {
    this.typedCtrlC.push(run);
    this.onTyped();
    return true;
  }

  typeAnswer(run: string, letter: string): boolean {
    this.answered.push(`${run} ${letter}`);
    this.onTyped();
    return true;
  }

  show(serviceId: string): boolean {
    this.shown.push(serviceId);
    return true;
  }

  listen(listener: TerminalListener) {
    this.#listener = listener;
    this.listeners += 1;
    return {
      dispose: () => {
        this.#listener = undefined;
        this.listeners -= 1;
      },
    };
  }
}
