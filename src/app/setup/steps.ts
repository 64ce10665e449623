/** Runs setup steps: the same command in the same folder once at a time, however many services wait for it. */
import type { ServiceSpec, SetupStep } from '../../core/model/service';
import { isStale } from '../../core/lifecycle/setupNeed';
import { isInside } from '../../core/workspaceFiles/paths';
import type { PreparedStep, StepPreparation } from '../ports';
import { SharedStep } from './sharedStep';
import type { StepOutcome, StepParts, StepRequest } from './step';

export class Steps {
  readonly #running = new Map<string, SharedStep>();
  /** By service: the key of the step that it waited for last. */
  readonly #latest = new Map<string, string>();

  constructor(private readonly parts: StepParts) {}

  prepare(spec: ServiceSpec, step: SetupStep): Promise<StepPreparation> {
    return this.parts.preflight.prepareStep(spec, step);
  }

  /** One that runs is needed: what it makes may be there already, half made. */
  async isNeeded(step: PreparedStep): Promise<boolean> {
    const { unless } = step;
    const key = keyOf(step);
    if (unless === undefined || this.#running.has(key)) return true;
    const note = this.parts.notes.read(key);
    if (note?.kind === 'begun') return true;
    return isStale(await this.parts.files.look(unless), note?.at);
  }

  /** Settles when the step is over, or when `signal` calls it off and no other service waits for it. */
  async run(request: StepRequest, signal: AbortSignal): Promise<StepOutcome> {
    const key = keyOf(request.step);
    this.#latest.set(request.spec.id, key);
    // An execution that is being ended is not joined: the next one begins when it is gone.
    for (let present = this.#running.get(key); present?.isCalledOff === true; present = this.#running.get(key)) {
      await present.over;
    }
    return (this.#running.get(key) ?? this.#begin(key, request)).join(signal);
  }

  /** Brings the terminal of the step that a service waits for, or waited for last, to the front; false when there is none. */
  show(serviceId: string, focus: 'keepFocus' | 'takeFocus'): boolean {
    const key = this.#latest.get(serviceId);
    return key !== undefined && this.parts.terminals.show(key, focus);
  }

  #begin(key: string, request: StepRequest): SharedStep {
    const begun = new SharedStep(key, request, this.parts, () => this.#running.delete(key));
    this.#running.set(key, begun);
    return begun;
  }
}

/**
 * The environment is left out: two services that install the same packages may differ in it. Members of a workspace install from folders of
 * their own into one place above them all, which is what they share then.
 */
function keyOf({ launch: { command, cwd }, unless }: PreparedStep): string {
  return JSON.stringify([unless === undefined || isInside(unless, cwd) ? cwd : unless, command]);
}
