/** Attaches a debugger to a running service: finds the process that serves, and has its debugger opened where that is possible. */
import type { AttachConfiguration } from '../../core/debug/configuration';
import { debugpyConnect, nodeAttach, pythonAttach } from '../../core/debug/configuration';
import { debugPlan } from '../../core/debug/plan';
import type { DebugPlan } from '../../core/debug/plan';
import { debuggerPorts } from '../../core/debug/ports';
import type { Service } from '../../core/lifecycle/state';
import type { ProcessIdentity } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import type { RunOutput } from '../../core/output/runOutput';
import { readMembers, readOwnListeners } from '../diagnosis/treeFacts';
import type { World } from '../world';
import { askInspectors } from './inspectors';
import type { SessionStarter } from './ports';

export interface AttachingParts {
  readonly world: Pick<World, 'clock' | 'trees' | 'portTable' | 'prober' | 'folderOf'>;
  readonly sessions: Pick<SessionStarter, 'start'>;
  output(service: Service): Promise<RunOutput>;
  openInspector(process: ProcessIdentity): Promise<'asked' | 'gone' | 'refused'>;
  hasPythonDebugger(): boolean;
  /** Whether the system lets debugpy enter a process that runs. */
  entersPython(): Promise<boolean>;
}

export type AttachOutcome =
  | { readonly kind: 'attached'; readonly process?: ProcessIdentity }
  | { readonly kind: 'pythonExtension' | 'refused' }
  | { readonly kind: 'unsupported'; readonly program: string | undefined }
  /** It can be debugged after a restart; `taken` is the port on which its inspector cannot open. */
  | { readonly kind: 'needsRestart'; readonly program: 'node' | 'python'; readonly taken?: number };

/** What was started may not have started the program yet, such as npm. */
const isFound = (plan: DebugPlan): boolean => plan.kind !== 'unsupported' || plan.program !== undefined;

const isOpen = (plan: DebugPlan): boolean => plan.kind !== 'openInspector' && plan.kind !== 'attachPython' && isFound(plan);

/** Node opens its inspector within a few milliseconds, unless its program is busy. */
const inspectorTimeoutMs = 5000;
const lookPauseMs = 100;

/** `restarted`: it was, under its debugger. `quiet`: nothing is shown for it. */
type How = 'asItIs' | 'restarted' | 'quiet';

export class Attaching {
  constructor(private readonly parts: AttachingParts) {}

  async attach(service: Service, how: How): Promise<AttachOutcome> {
    let plan = await this.#lookUntil(service, how === 'restarted' ? isOpen : isFound);
    if (plan.kind === 'openInspector') {
      const taken = await this.#portOf(plan);
      if (taken !== undefined) return { kind: 'needsRestart', program: 'node', taken };
      const opening = await this.parts.openInspector(plan.process);
      if (opening !== 'asked') return { kind: 'needsRestart', program: 'node' };
      plan = await this.#lookUntil(service, isOpen);
    }
    switch (plan.kind) {
      case 'openInspector':
        return { kind: 'needsRestart', program: 'node' };
      case 'unsupported':
        return plan;
      case 'attachPython':
        return this.#enterPython(service.spec, plan, how);
      case 'attachDebugpy':
        return this.parts.hasPythonDebugger() ? this.#start(service.spec, plan, how) : { kind: 'pythonExtension' };
      case 'attachNode':
        return this.#start(service.spec, plan, how);
    }
  }

  async #enterPython(spec: ServiceSpec, plan: Attachable, how: How): Promise<AttachOutcome> {
    if (!this.parts.hasPythonDebugger()) return { kind: 'pythonExtension' };
    const entered = (await this.parts.entersPython()) ? await this.#start(spec, plan, how) : undefined;
    if (entered?.kind === 'attached') return entered;
    // That debugpy is listening was tried already.
    return how === 'restarted' ? { kind: 'refused' } : { kind: 'needsRestart', program: 'python' };
  }

  /** Returns how it can be attached to now. */
  async look(service: Service): Promise<DebugPlan> {
    const { spec } = service;
    const { trees, portTable, prober } = this.parts.world;
    const reading = readMembers(service.state.lifecycle, trees);
    const [found, listening] = await Promise.all([reading, readOwnListeners(reading, portTable)]);
    const members = found.kind === 'known' ? found.value : [];
    const listeners = listening.kind === 'known' ? listening.value : [];
    const { lines } = await this.parts.output(service);
    const signs = { spec, members, listeners, lines };
    const debuggers = debuggerPorts({ ...signs, inspectors: await askInspectors(signs, prober) });
    return debugPlan({ port: spec.port, members, listeners, debuggers });
  }

  /** Returns the port on which the inspector cannot open. */
  async #portOf({ port }: Extract<DebugPlan, { kind: 'openInspector' }>): Promise<number | undefined> {
    const others = await this.parts.world.portTable.listeners(port);
    return others.kind === 'known' && others.value.length > 0 ? port : undefined;
  }

  async #start(spec: ServiceSpec, plan: Attachable, how: How): Promise<AttachOutcome> {
    const configuration = configurationOf(spec, plan, this.parts.world.folderOf(spec));
    const isStarted = await this.parts.sessions.start(spec, configuration, how === 'quiet' ? 'quiet' : 'shown');
    return isStarted ? { kind: 'attached', process: plan.process } : { kind: 'refused' };
  }

  /** Returns the plan that is enough, or the last one. */
  async #lookUntil(service: Service, isEnough: (plan: DebugPlan) => boolean): Promise<DebugPlan> {
    const { clock } = this.parts.world;
    const until = clock.elapsed() + inspectorTimeoutMs;
    for (;;) {
      const plan = await this.look(service);
      if (isEnough(plan) || clock.elapsed() >= until) return plan;
      await new Promise<void>((resolve) => clock.after(lookPauseMs, resolve));
    }
  }
}

type Attachable = Extract<DebugPlan, { kind: 'attachNode' | 'attachDebugpy' | 'attachPython' }>;

function configurationOf({ key }: ServiceSpec, plan: Attachable, cwd: string): AttachConfiguration {
  switch (plan.kind) {
    case 'attachNode':
      return nodeAttach(key, { address: plan.address, port: plan.port, cwd });
    case 'attachDebugpy':
      return debugpyConnect(key, plan);
    case 'attachPython':
      return pythonAttach(key, plan.process.pid);
  }
}
