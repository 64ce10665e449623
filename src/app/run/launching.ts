/** From the wish to run a service to its process: looks at everything, sets up, frees the port where that was agreed to, launches. */
import { defined } from '../../core/model/defined';
import type { LaunchFailure } from '../../core/model/failure';
import type { ServiceIdentity } from '../../core/model/identity';
import type { PortOwner, ProcessIdentity } from '../../core/model/process';
import type { PortChoice, ServiceSpec } from '../../core/model/service';
import type { StartedBy } from '../../core/lifecycle/state';
import { withoutSecrets } from '../../core/wording/secrets';
import { containerRuns } from './containerRuns';
import { endOwner } from './endOwner';
import { endTree } from './endTree';
import type { Launch, LaunchPreparation, PortLook } from '../ports';
import { SettingUp } from '../setup/settingUp';
import type { SetupHost, Survivors } from '../setup/settingUp';
import type { World } from '../world';

/** How long a port may stay taken without an owner before the start is refused. */
const closingTimeoutMs = 5000;
const closingPauseMs = 250;

/** A port that is wanted, and by which service: its key. */
export interface PortRequest {
  readonly port: number;
  readonly service?: string;
}

export interface LaunchHost extends SetupHost {
  /** Settles when what a crash of the run before left behind is ended. */
  readonly swept: Promise<unknown>;
  /** Stops another service to free a port; settles when that is done, or known to be impossible. False when no window that supervises it is reached. */
  readonly stopForPort: (service: ServiceIdentity, request: PortRequest) => Promise<boolean>;
  /** Whether the run is the latest of its service; also true when the window goes, which leaves processes alone. */
  readonly isCurrent: () => boolean;
  /** Processes of a setup step that could not be ended. */
  readonly resisted: (survivors: Survivors) => void;
}

export class Launching {
  readonly #settingUp: SettingUp;

  constructor(
    private readonly run: string,
    private readonly spec: ServiceSpec,
    private readonly world: World,
    private readonly host: LaunchHost,
  ) {
    this.#settingUp = new SettingUp(run, spec, world, host);
  }

  callOffSetup(): void {
    this.#settingUp.callOff();
  }

  /**
   * What refuses the start, such as the port, is reported before minutes are spent on setup. It is checked again afterwards, because a
   * step may have made what was missing and another process may have taken the port.
   */
  async launch(by: StartedBy): Promise<void> {
    const failure = by === 'found' ? await this.#followFound() : await this.#launch(by);
    if (failure === 'reported') return;
    this.host.report({ kind: 'launchRefused', run: this.run, failure, at: this.world.clock.now() });
  }

  /** A container that runs already is only followed: that runs nothing of the workspace, and the port is its own. */
  async #followFound(): Promise<LaunchFailure | 'reported'> {
    const prepared = await this.world.preflight.prepare(this.spec);
    return prepared.ok ? this.#execute(prepared.launch, 'found') : prepared.failure;
  }

  async #launch(by: StartedBy): Promise<LaunchFailure | 'reported'> {
    const { preflight } = this.world;
    await Promise.allSettled([this.host.swept]);
    let prepared = await preflight.prepare(this.spec);
    if (!prepared.ok && !(await this.#settingUp.mayCure(prepared.failure))) return prepared.failure;
    if (!(await this.#isAgreed(by, prepared))) return { kind: 'notAgreed' };
    if (!(await this.#isPortFree())) return 'reported';
    const setup = await this.#settingUp.perform(by);
    if (typeof setup === 'object') this.host.resisted(setup.survivors);
    if (typeof setup === 'object' || setup === 'over') return 'reported';
    if (setup === 'done') {
      prepared = await preflight.prepare(this.spec);
      // The agreed steps may have written what the command reads, such as an env file.
      await this.world.consent.record('started', this.spec, prepared);
      if (prepared.ok && !(await this.#isPortFree())) return 'reported';
    }
    if (setup === 'abandoned' || !this.host.isLaunching()) return { kind: 'abandoned' };
    return prepared.ok ? this.#execute(prepared.launch, by) : prepared.failure;
  }

  /** A start by the user is consent to exactly what is configured now; an automatic start needs it, and one by a program gives none. */
  async #isAgreed(by: StartedBy, prepared: LaunchPreparation): Promise<boolean> {
    const { consent } = this.world;
    if (by === 'auto') return consent.isAgreed(this.spec, prepared);
    if (by !== 'user') return true;
    await consent.record('started', this.spec, prepared);
    return true;
  }

  async #execute(launch: Launch, by: StartedBy): Promise<LaunchFailure | 'reported'> {
    const { run, spec } = this;
    const env = this.world.debuggers.takeEnvironment(spec, launch.env);
    const result = await this.world.terminals.launch({ spec, run, launch: { ...launch, env }, by });
    if (!result.ok) return result.failure;
    if (!this.host.isCurrent()) {
      await this.#endLate(result.process);
      return 'reported';
    }
    const { process, output } = result;
    this.host.report({ kind: 'launched', run, process, at: this.world.clock.now(), ...defined({ output }) });
    return 'reported';
  }

  /** Nothing waits for this process any more, and nothing else would ever stop it. */
  async #endLate(process: ProcessIdentity): Promise<void> {
    const { clock, log, trees } = this.world;
    log.warn(`${this.spec.id}: pid ${process.pid} was started after its start had been given up, and is ended.`);
    const tree = trees.open({ process, marker: this.run });
    try {
      await endTree(tree, { signal: this.spec.stopSignal, grace: this.spec.stopGracePeriod, clock });
      if (this.spec.compose !== undefined) log.info(`${this.spec.id}: ${await this.world.containers.stop(this.spec)}`);
    } finally {
      tree.dispose();
    }
  }

  async askAboutPort(owners: readonly PortOwner[]): Promise<void> {
    const answer = await this.world.askAboutPort(this.spec, owners);
    // The question stays open in the row of the service.
    if (answer === undefined) return;
    this.host.report({ kind: 'portAnswered', run: this.run, answer, at: this.world.clock.now() });
  }

  /** The launch looks at the port again: its owner may be another process by then. */
  async freePort(owners: readonly PortOwner[], by: StartedBy): Promise<void> {
    const { clock, log, trees } = this.world;
    const { id, key, port } = this.spec;
    for (const owner of owners) {
      const { origin } = owner;
      log.info(`${id}: ends pid ${owner.process.pid} (${withoutSecrets(owner.command)}), which holds port ${port ?? '?'}`);
      if (origin.kind === 'editor') continue;
      const isStopped = origin.kind === 'service' && (await this.host.stopForPort(origin, { port: port ?? 0, service: key }));
      if (!isStopped) await endOwner(owner, trees, clock);
    }
    await this.launch(by);
  }

  async #isPortFree(): Promise<boolean> {
    const { clock } = this.world;
    const { port, portChoice } = this.spec;
    if (portChoice !== undefined && port === undefined) return this.#findPort(portChoice);
    if (port === undefined || (await this.#isPortElsewhere())) return true;
    const look = await this.#lookUntilClosed(port);
    if (look.kind !== 'free' && portChoice !== undefined && !isOwn(look) && (await this.#move())) return false;
    const at = clock.now();
    if (look.kind === 'taken') this.host.report({ kind: 'portTaken', run: this.run, owners: look.owners, at });
    if (look.kind === 'forbidden') this.host.report({ kind: 'portForbidden', run: this.run, why: look.why, at });
    return look.kind === 'free';
  }

  /** A container that runs holds its port, and is followed; an engine on another machine publishes it there. */
  async #isPortElsewhere(): Promise<boolean> {
    const { spec } = this;
    const { containers } = this.world;
    if (spec.compose === undefined) return false;
    return (await containers.engineHost(spec)) !== undefined || containerRuns(spec, containers);
  }

  async #findPort(choice: PortChoice): Promise<false> {
    if (await this.#move()) return false;
    const failure = { kind: 'noFreePort', ...choice } as const;
    this.host.report({ kind: 'launchRefused', run: this.run, failure, at: this.world.clock.now() });
    return false;
  }

  /** A port that may be chosen is never asked about: the service gets the next free one. False when there is none. */
  async #move(): Promise<boolean> {
    if (!this.host.isLaunching() || !(await this.world.chosenPorts.move(this.spec))) return false;
    this.host.report({ kind: 'portMoved', run: this.run, next: this.world.newRun() });
    return true;
  }

  /** A port without an owner is waited for; after that it counts as taken. A start that is cancelled meanwhile ends by its own check. */
  async #lookUntilClosed(port: number): Promise<Exclude<PortLook, { kind: 'closing' }>> {
    const { clock, portOwners } = this.world;
    const until = clock.elapsed() + closingTimeoutMs;
    for (;;) {
      const look = await portOwners.look(port, this.spec);
      if (look.kind !== 'closing') return look;
      if (!this.host.isLaunching()) return { kind: 'free' };
      if (clock.elapsed() >= until) return { kind: 'taken', owners: [] };
      this.host.report({ kind: 'portClosing', run: this.run, port });
      await new Promise<void>((resolve) => clock.after(closingPauseMs, resolve));
    }
  }
}

/** What an earlier run has left may be ended, as with a fixed port: another port would leave two servers behind. */
const isOwn = (look: PortLook): boolean => look.kind === 'taken' && look.owners.some(({ origin }) => origin.kind === 'leftOver');
