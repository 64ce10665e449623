/** Debugs services: starts what does not run, finds the process that serves, opens its inspector, and attaches. */
import { nodeAttach, pythonAttach } from '../../core/debug/configuration';
import type { LaunchEntry } from '../../core/debug/launchEntries';
import { debugPlan } from '../../core/debug/plan';
import type { DebugPlan } from '../../core/debug/plan';
import { debuggerPortsIn } from '../../core/diagnosis/debuggers';
import type { Service } from '../../core/lifecycle/state';
import type { ProcessIdentity } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import { commandLine } from '../../core/model/service';
import type { RunOutput } from '../../core/output/runOutput';
import { readMembers, readOwnListeners } from '../diagnosis/treeFacts';
import type { Disposable } from '../ports';
import { settled } from '../settled';
import type { Store } from '../store';
import type { Supervisor } from '../supervisor';
import type { World } from '../world';
import type { Debuggers } from './ports';

/** Starts sessions; what a session is started for is known from then on. */
export interface SessionStarter extends Pick<Debuggers, 'isAttached'> {
  start(spec: ServiceSpec, configuration: LaunchEntry): Promise<boolean>;
  /** The next launch opens the inspector of Node, unless it is disposed of before. */
  prepare(spec: ServiceSpec): Disposable;
}

export interface DebuggingParts {
  readonly store: Store;
  readonly supervisor: Pick<Supervisor, 'start' | 'restart' | 'delivered'>;
  readonly world: Pick<World, 'clock' | 'trees' | 'portTable' | 'folderOf'>;
  readonly sessions: SessionStarter;
  output(service: Service): Promise<RunOutput>;
  /** Whether this window supervises the service: only there its sessions are known. */
  leads(spec: ServiceSpec): boolean;
  launchConfigurations(spec: ServiceSpec): readonly LaunchEntry[];
  openInspector(process: ProcessIdentity): Promise<'asked' | 'gone' | 'refused'>;
  hasPythonDebugger(): boolean;
}

export type DebugOutcome =
  | { readonly kind: 'attached' | 'alreadyAttached' | 'elsewhere' | 'external' | 'pythonExtension' | 'refused' }
  /** It could not be started, which is reported as for any start. */
  | { readonly kind: 'notRunning' }
  | { readonly kind: 'noConfiguration'; readonly name: string }
  | { readonly kind: 'unsupported'; readonly program: string | undefined }
  /** It can be debugged after a restart; `taken` is the port on which its inspector cannot open. */
  | { readonly kind: 'needsRestart'; readonly taken: number | undefined };

/** What was started may not have started the program yet, such as npm. */
const isFound = (plan: DebugPlan): boolean => plan.kind !== 'unsupported' || plan.program !== undefined;

const isOpen = (plan: DebugPlan): boolean => plan.kind !== 'openInspector' && isFound(plan);

/** Node opens its inspector within a few milliseconds, unless its program is busy. */
const inspectorTimeoutMs = 5000;
const lookPauseMs = 100;

export class Debugging {
  constructor(private readonly parts: DebuggingParts) {}

  /** `restarted`: it is restarted so that its inspector is open from the beginning. */
  async debug(id: string, how: 'asItIs' | 'restarted' = 'asItIs'): Promise<DebugOutcome> {
    const { store, sessions } = this.parts;
    const spec = store.get(id)?.spec;
    if (spec === undefined) return { kind: 'notRunning' };
    if (!this.parts.leads(spec)) return { kind: 'elsewhere' };
    if (sessions.isAttached(spec)) return { kind: 'alreadyAttached' };
    if (store.get(id)?.state.lifecycle.kind === 'external') return { kind: 'external' };
    if (spec.debug !== undefined && this.#configurationOf(spec) === undefined)
      return { kind: 'noConfiguration', name: spec.debug };
    const service = await this.#running(id, how);
    if (service === undefined) return { kind: 'notRunning' };
    if (spec.debug !== undefined) return this.#start(spec, this.#configurationOf(spec));
    return this.#attach(service, how);
  }

  #configurationOf(spec: ServiceSpec): LaunchEntry | undefined {
    return this.parts.launchConfigurations(spec).find(({ name }) => name === spec.debug);
  }

  /** Returns the service when it is ready; undefined when it could not be started. */
  async #running(id: string, how: 'asItIs' | 'restarted'): Promise<Service | undefined> {
    const { store, supervisor, sessions, world } = this.parts;
    const before = store.get(id);
    if (before === undefined) return undefined;
    const prepared = how === 'restarted' ? sessions.prepare(before.spec) : undefined;
    const { kind } = before.state.lifecycle;
    if (how === 'restarted') supervisor.restart(id);
    else if (kind !== 'starting' && kind !== 'running') supervisor.start(id);
    await supervisor.delivered();
    const service = await settled(id, store, world.clock);
    prepared?.dispose();
    return service?.state.lifecycle.kind === 'running' ? service : undefined;
  }

  async #attach(service: Service, how: 'asItIs' | 'restarted'): Promise<DebugOutcome> {
    const { spec } = service;
    let plan = await this.#lookUntil(service, how === 'restarted' ? isOpen : isFound);
    if (plan.kind === 'openInspector') {
      const { portTable } = this.parts.world;
      const others = await portTable.listeners(plan.port);
      if (others.kind === 'known' && others.value.length > 0) return { kind: 'needsRestart', taken: plan.port };
      if ((await this.parts.openInspector(plan.process)) !== 'asked') return { kind: 'needsRestart', taken: undefined };
      plan = await this.#lookUntil(service, isOpen);
    }
    switch (plan.kind) {
      case 'attachNode':
        return this.#start(spec, nodeAttach(spec.key, { ...plan, cwd: this.parts.world.folderOf(spec) }));
      case 'attachPython':
        if (!this.parts.hasPythonDebugger()) return { kind: 'pythonExtension' };
        return this.#start(spec, pythonAttach(spec.key, plan.pid));
      case 'openInspector':
        return { kind: 'needsRestart', taken: undefined };
      case 'unsupported':
        return plan;
    }
  }

  async #start(spec: ServiceSpec, configuration: LaunchEntry | undefined): Promise<DebugOutcome> {
    const isStarted = configuration !== undefined && (await this.parts.sessions.start(spec, configuration));
    return { kind: isStarted ? 'attached' : 'refused' };
  }

  /** Returns the plan that is enough, or the last one. */
  async #lookUntil(service: Service, isEnough: (plan: DebugPlan) => boolean): Promise<DebugPlan> {
    const { clock } = this.parts.world;
    const until = clock.elapsed() + inspectorTimeoutMs;
    for (;;) {
      const plan = await this.#look(service);
      if (isEnough(plan) || clock.elapsed() >= until) return plan;
      await new Promise<void>((resolve) => clock.after(lookPauseMs, resolve));
    }
  }

  async #look(service: Service): Promise<DebugPlan> {
    const { trees, portTable } = this.parts.world;
    const reading = readMembers(service.state.lifecycle, trees);
    const [found, listening] = await Promise.all([reading, readOwnListeners(reading, portTable)]);
    const members = found.kind === 'known' ? found.value : [];
    const { lines } = await this.parts.output(service);
    const commands = [commandLine(service.spec), ...members.map(({ command }) => command)];
    return debugPlan({
      port: service.spec.port,
      members,
      listeners: listening.kind === 'known' ? listening.value : [],
      inspectors: debuggerPortsIn(commands, lines),
    });
  }
}
