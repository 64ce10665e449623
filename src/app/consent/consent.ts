/**
 * Remembers what the user agreed to run. An automatic start (on opening the workspace, a restart policy, a retry after a save) runs only
 * what is the same as what was agreed to; anything else has to be started by the user or agreed to again.
 */
import { closureOf, fingerprintText } from '../../core/consent/plan';
import type { PlannedCommand, ServicePlan } from '../../core/consent/plan';
import type { ServiceSpec } from '../../core/model/service';
import type { LaunchPreparation, Preflight, StepPreflight } from '../ports';

/** `started`: the user pressed Start. `automatic`: the user allowed it to start with the workspace. `refused`: never ask again. */
export type Agreement = 'started' | 'automatic' | 'refused';

/** Kept outside of the workspace, so that no file of it can write it, and shared by all windows. */
export interface AgreementMemory {
  read(agreement: Agreement, identity: string): string | undefined;
  write(agreement: Agreement, identity: string, fingerprint: string): void;
}

export interface ConsentParts {
  readonly preflight: Preflight & StepPreflight;
  readonly memory: AgreementMemory;
  /** A cryptographic hash. */
  hash(text: string): string;
}

export class Consent {
  constructor(private readonly parts: ConsentParts) {}

  /** Records that the user has asked for exactly this. `prepared`: what will be executed, where it is known. */
  async record(agreement: Agreement, spec: ServiceSpec, prepared?: LaunchPreparation): Promise<void> {
    this.parts.memory.write(agreement, identityOf(spec), await this.#fingerprint(spec, prepared));
  }

  /** Whether an automatic start runs what the user started last, or allowed to start automatically. `prepared`: see {@link record}. */
  async isAgreed(spec: ServiceSpec, prepared?: LaunchPreparation): Promise<boolean> {
    const fingerprint = await this.#fingerprint(spec, prepared);
    return (['started', 'automatic'] as const).some((agreement) => this.#has(agreement, spec, fingerprint));
  }

  /** What has to be asked before `ids` start with the workspace; empty when all of it is agreed to, or refused. */
  async pending(ids: readonly string[], lookUp: (id: string) => ServiceSpec | undefined): Promise<PendingConsent> {
    const closure = closureOf(ids, lookUp);
    const plans = await Promise.all(closure.map((spec) => this.planOf(spec)));
    const are = (agreement: Agreement): boolean =>
      plans.every((plan) => this.#has(agreement, plan.spec, this.parts.hash(fingerprintText(plan))));
    if (are('automatic')) return { kind: 'agreed' };
    if (are('refused')) return { kind: 'refused' };
    const isChanged = closure.some((spec) => this.parts.memory.read('automatic', identityOf(spec)) !== undefined);
    return { kind: 'ask', plans, isChanged };
  }

  /** Records exactly the plans that the user was shown, whatever the files say by now. */
  answer(agreement: Agreement, plans: readonly ServicePlan[]): void {
    for (const plan of plans) {
      this.parts.memory.write(agreement, identityOf(plan.spec), this.parts.hash(fingerprintText(plan)));
    }
  }

  async planOf(spec: ServiceSpec, given?: LaunchPreparation): Promise<ServicePlan> {
    const plan = await this.#plan(spec, given);
    return spec.asWritten === undefined ? plan : { ...plan, written: await this.#plan(spec.asWritten) };
  }

  async #plan(spec: ServiceSpec, given?: LaunchPreparation): Promise<ServicePlan> {
    const { preflight } = this.parts;
    const prepared = given ?? (await preflight.prepare(spec));
    const steps = await Promise.all(spec.setup.map((step) => preflight.prepareStep(spec, step)));
    const setup = steps.map((step, at): PlannedCommand & { name: string } => {
      const { name, command } = spec.setup[at] ?? { name: '', command: '' };
      return step.ok ? { name, ...step.step.launch } : { name, command, cwd: spec.cwd, env: spec.env };
    });
    return { spec, launch: prepared.ok ? prepared.launch : undefined, setup };
  }

  async #fingerprint(spec: ServiceSpec, prepared: LaunchPreparation | undefined): Promise<string> {
    return this.parts.hash(fingerprintText(await this.planOf(spec, prepared)));
  }

  #has(agreement: Agreement, spec: ServiceSpec, fingerprint: string): boolean {
    return this.parts.memory.read(agreement, identityOf(spec)) === fingerprint;
  }
}

export type PendingConsent =
  | { readonly kind: 'agreed' }
  | { readonly kind: 'refused' }
  /** `isChanged`: something was agreed to before, and is different now. */
  | { readonly kind: 'ask'; readonly plans: readonly ServicePlan[]; readonly isChanged: boolean };

/** The folder and the key: an id changes when folders come and go. */
const identityOf = ({ folder, key }: ServiceSpec): string => JSON.stringify([folder, key]);
