/** Takes one run through the setup steps of its service, in their order, before it is launched. */
import type { StartedBy } from '../../core/lifecycle/state';
import type { LaunchFailure } from '../../core/model/failure';
import type { RunEvent } from '../../core/lifecycle/events';
import type { ServiceSpec, SetupStep } from '../../core/model/service';
import type { PreparedStep } from '../ports';
import type { World } from '../world';
import type { StepOutcome } from './step';

/** What the steps of a run need of it. */
export interface SetupHost {
  readonly report: (event: RunEvent) => void;
  /** Whether the run is still about to be launched: it may have been stopped meanwhile. */
  readonly isLaunching: () => boolean;
}

/** `over`: the launch ends here, and its reason was reported. */
export type SetupResult = 'unneeded' | 'done' | 'abandoned' | 'over' | { readonly survivors: Survivors };

export type Survivors = NonNullable<Extract<StepOutcome, { kind: 'calledOff' }>['survivors']>;

export class SettingUp {
  /** Each step is looked at once a run, also when the launch is tried again because its port had to be freed. */
  readonly #ahead: SetupStep[];
  readonly #callOff = new AbortController();

  constructor(
    private readonly run: string,
    private readonly spec: ServiceSpec,
    private readonly world: World,
    private readonly host: SetupHost,
  ) {
    this.#ahead = [...spec.setup];
  }

  /** The step that runs is ended, unless another service waits for it. */
  callOff(): void {
    this.#callOff.abort();
  }

  /** A program or an env file that is missing now may be what a step is there to make. */
  async mayCure(failure: LaunchFailure): Promise<boolean> {
    if (failure.kind !== 'missingCommand' && failure.kind !== 'missingEnvFile') return false;
    for (const step of this.#ahead) {
      const prepared = await this.world.steps.prepare(this.spec, step);
      const makes = failure.kind === 'missingCommand' || (prepared.ok && prepared.step.unless === failure.path);
      if (makes && prepared.ok && (await this.world.steps.isNeeded(prepared.step))) return true;
    }
    return false;
  }

  async perform(by: StartedBy): Promise<SetupResult> {
    let result: SetupResult = 'unneeded';
    for (let step = this.#ahead.shift(); step !== undefined; step = this.#ahead.shift()) {
      if (!this.host.isLaunching()) return 'abandoned';
      const prepared = await this.world.steps.prepare(this.spec, step);
      if (!prepared.ok) return this.#failed(step.name, { kind: 'refused', failure: prepared.failure });
      if (!(await this.world.steps.isNeeded(prepared.step))) continue;
      if (!this.host.isLaunching()) return 'abandoned';
      const after = await this.#performStep(prepared.step, by);
      if (after !== 'done') return after;
      result = after;
    }
    if (result === 'done') this.host.report({ kind: 'setupDone', run: this.run });
    return result;
  }

  async #performStep(step: PreparedStep, by: StartedBy): Promise<SetupResult> {
    const { run, spec, world, host } = this;
    const of = spec.setup.length;
    host.report({ kind: 'setupStepStarted', run, name: step.name, number: of - this.#ahead.length, of, at: world.clock.now() });
    world.log.info(`${spec.id}: setup step "${step.name}" in ${step.launch.cwd}`);
    const outcome = await world.steps.run({ spec, step, by }, this.#callOff.signal);
    if (outcome.kind === 'calledOff' && outcome.survivors !== undefined) return { survivors: outcome.survivors };
    if (!host.isLaunching()) return 'abandoned';
    switch (outcome.kind) {
      case 'succeeded':
        return 'done';
      case 'failed':
        return this.#failed(step.name, outcome.cause);
      case 'closed':
        // It is the terminal of this start: closing it cancels the start.
        host.report({ kind: 'terminalClosed', run, at: world.clock.now() });
        return 'abandoned';
      case 'calledOff':
        return 'abandoned';
    }
  }

  #failed(step: string, cause: Extract<StepOutcome, { kind: 'failed' }>['cause']): SetupResult {
    this.host.report({ kind: 'setupFailed', run: this.run, step, cause, at: this.world.clock.now() });
    return 'over';
  }
}
