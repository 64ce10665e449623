/** A whole world in memory, with a store and a supervisor in it. */
import { createPortOwners } from '../../../src/app/portOwners';
import type { LedgerEntry } from '../../../src/app/ports';
import type { PortSighting, SeenOwner } from '../../../src/app/portSight';
import { ProbeRounds } from '../../../src/app/run/probeRounds';
import { Steps } from '../../../src/app/setup/steps';
import { Store } from '../../../src/app/store';
import { Supervisor } from '../../../src/app/supervisor';
import type { World } from '../../../src/app/world';
import type { LaunchFailure } from '../../../src/core/model/failure';
import { known } from '../../../src/core/model/process';
import type { Listener, PortOwner, ProcessIdentity } from '../../../src/core/model/process';
import { LogStore } from '../../../src/core/output/logStore';
import { toSnapshot } from '../../../src/core/snapshot/toSnapshot';
import type { ServiceSpec } from '../../../src/core/model/service';
import type { ServiceSnapshot } from '../../../src/core/snapshot/snapshot';
import type { Service, Lifecycle } from '../../../src/core/lifecycle/state';
import { FakeClock } from './clock';
import { FakeContainers } from './containers';
import { FakeDebuggers } from './debuggers';
import { Gate } from './gate';
import { FakeMachine } from './machine';
import { ChosenPorts } from '../../../src/app/chosenPorts/chosenPorts';
import { FakePortClaims } from './portClaims';
import { FakeProber } from './prober';
import { FakeSetup } from './setup';
import { FakeTerminals } from './terminals';
import { FakeTrees } from './trees';

type Answer = 'stop' | 'adopt' | 'cancel';

export class FakeWorld {
  readonly clock = new FakeClock();
  readonly machine = new FakeMachine();
  readonly trees = new FakeTrees(this.machine);
  readonly terminals = new FakeTerminals(this.machine);
  readonly setup = new FakeSetup(this.machine);
  readonly containers = new FakeContainers();
  readonly prober = new FakeProber(this.clock);
  readonly store = new Store();
  readonly claims = new FakePortClaims();
  readonly chosenPorts = new ChosenPorts({
    store: this.store,
    claims: this.claims,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  readonly logs = new LogStore();
  /** Whether the user agreed to what an automatic start runs. */
  isAgreed = true;
  /** Ids of the services whose start counted as consent. */
  readonly recorded: string[] = [];
  readonly ledger = new Map<string, LedgerEntry>();
  readonly log: string[] = [];
  /** Closed, it holds every look at what a start needs. */
  readonly preflight = new Gate();
  refusal: LaunchFailure | undefined;
  /** While defined, every change of the ledger throws it, as a file system may. */
  ledgerFault: Error | undefined;
  /** While defined, every look at a port throws it. */
  portFault: Error | undefined;
  /** What a look at a port tells, as long as one of its owners lives. */
  readonly ports = new Map<number, PortSighting>();
  listeners: readonly Listener[] = [];
  connections = new Map<string, number>();
  /** How often connections were looked at, which is what an inspection of a hang does. */
  inspections = 0;
  readonly questions: { readonly owners: readonly PortOwner[]; readonly answer: (answer: Answer | undefined) => void }[] = [];
  readonly offers: number[] = [];
  /** The extension host of this window, which signs what is written to the ledger. */
  host: ProcessIdentity = { pid: 1, born: 'host' };
  readonly debuggers = new FakeDebuggers();
  /** Whether the person wants terminals shown. */
  reveals = false;
  /** Above 1 while the window has no focus. */
  probeFactor = 1;
  readonly #returns = new Set<() => void>();
  readonly probeRounds = new ProbeRounds();
  readonly supervisor: Supervisor;
  #runs = 0;
  #stepRuns = 0;

  constructor(...services: readonly ServiceSpec[]) {
    this.store.configure({ services, broken: [] });
    this.supervisor = new Supervisor(this.store, this.world);
  }

  /** Finds what the window before left: its processes and the ledger. */
  takeOver(before: FakeWorld): void {
    this.machine.takeOver(before.machine);
    for (const [name, entry] of before.ledger) this.ledger.set(name, entry);
  }

  configure(...services: readonly ServiceSpec[]): void {
    this.store.configure({ services, broken: [] });
  }

  service(id: string): Service {
    const found = this.store.get(id);
    if (found === undefined) throw new Error(`There is no service ${id}.`);
    return found;
  }

  lifecycle(id = 'web'): Lifecycle {
    return this.service(id).state.lifecycle;
  }

  kind(id = 'web'): Lifecycle['kind'] {
    return this.lifecycle(id).kind;
  }

  snapshot(id = 'web'): ServiceSnapshot {
    return toSnapshot(this.service(id));
  }

  /** Starts it and lets so much time pass (ms) that a good server is healthy. */
  async up(id = 'web'): Promise<void> {
    this.supervisor.start(id);
    await this.clock.turn(100);
  }

  pid(id = 'web'): number {
    const [first] = this.machine.living(id);
    if (first === undefined) throw new Error(`No process of ${id} lives.`);
    return first.identity.pid;
  }

  run(id = 'web'): string {
    const { run } = this.lifecycle(id);
    if (run === undefined) throw new Error(`${id} has no run.`);
    return run;
  }

  /** All processes of the service end, and the terminal tells so a moment later, as VS Code does. */
  async crash(id = 'web', exitCode: number | undefined = 1, ...output: readonly string[]): Promise<void> {
    const run = this.run(id);
    for (const line of output) this.terminals.tell.wrote(run, `${line}\r\n`);
    for (const { identity } of this.machine.living(id)) this.machine.end(identity.pid);
    this.trees.look();
    await this.clock.turn(300);
    this.terminals.tell.ended(run, exitCode, false);
    await this.clock.turn(0);
  }

  /** A process that holds the port until it is ended, and belongs to no service. */
  stranger(port: number, changes: Partial<SeenOwner> = {}): SeenOwner {
    const { identity } = this.machine.spawn('stranger', 'none');
    return this.hold(port, identity.pid, changes);
  }

  /** What a run of the service in an earlier window left: its note is in the ledger, and that window is gone. */
  leftOver(port: number, { folder, key, id }: ServiceSpec, changes: Partial<LedgerEntry> = {}): SeenOwner {
    const { identity } = this.machine.spawn(id, 'old');
    const host = { pid: 2, born: 'gone' };
    const entry = {
      folder,
      key,
      run: 'old',
      process: identity,
      command: '',
      cwd: folder,
      startedAt: 1,
      host,
      endedAt: 2,
      ...changes,
    };
    this.ledger.set(`${folder}/${key}`, entry);
    return this.hold(port, identity.pid);
  }

  /** From now on this process holds the port as well, as long as it lives. */
  hold(port: number, pid: number, changes: Partial<SeenOwner> = {}): SeenOwner {
    const owner = { ...this.machine.seen(pid), ...changes };
    const before = this.ports.get(port);
    const others = before?.kind === 'taken' ? before.owners : [];
    this.ports.set(port, { kind: 'taken', owners: [...others, owner] });
    return owner;
  }

  #look(port: number): Promise<PortSighting> {
    if (this.portFault !== undefined) return Promise.reject(this.portFault);
    const look = this.ports.get(port) ?? { kind: 'free' };
    if (look.kind !== 'taken' || look.owners.length === 0) return Promise.resolve(look);
    const owners = look.owners.filter(({ process }) => this.machine.isAlive(process));
    return Promise.resolve(owners.length === 0 ? { kind: 'free' } : { kind: 'taken', owners });
  }

  /** The window gets the focus. */
  focus(): void {
    this.probeFactor = 1;
    for (const listener of [...this.#returns]) listener();
  }

  readonly world: World = {
    probeRounds: this.probeRounds,
    attention: {
      probeFactor: () => this.probeFactor,
      onReturn: (listener) => {
        this.#returns.add(listener);
        return { dispose: () => this.#returns.delete(listener) };
      },
    },
    chosenPorts: this.chosenPorts,
    clock: this.clock,
    logs: this.logs,
    terminals: this.terminals,
    trees: this.trees,
    prober: this.prober,
    processes: this.machine,
    log: {
      info: (message) => this.log.push(message),
      warn: (message) => this.log.push(message),
      error: (message) => this.log.push(message),
    },
    ledger: {
      read: (folder, key) => this.ledger.get(`${folder}/${key}`),
      write: (entry) => {
        if (this.ledgerFault !== undefined) throw this.ledgerFault;
        this.ledger.set(`${entry.folder}/${entry.key}`, { ...entry, host: this.host });
      },
      entries: () => [...this.ledger.values()],
      remove: ({ folder, key, run }) => {
        if (this.ledgerFault !== undefined) throw this.ledgerFault;
        const name = `${folder}/${key}`;
        if (this.ledger.get(name)?.run === run) this.ledger.delete(name);
      },
    },
    preflight: {
      prepare: async ({ command }) => {
        await this.preflight.pass();
        if (this.refusal !== undefined) return { ok: false, failure: this.refusal };
        return { ok: true, launch: { command, cwd: '/shop', env: {} } };
      },
    },
    containers: this.containers,
    steps: new Steps({
      ...{ clock: this.clock, trees: this.trees, processes: this.machine },
      ...this.setup.parts,
      log: { info: (message) => this.log.push(message), warn: () => undefined, error: () => undefined },
      newRun: () => `step${(this.#stepRuns += 1)}`,
      ownWindow: () => undefined,
    }),
    portOwners: {
      look: (port, asker) =>
        createPortOwners({ look: (wanted) => this.#look(wanted) }, { ...this.world, store: this.store }).look(port, asker),
    },
    portTable: {
      listeners: () => Promise.resolve(known(this.listeners)),
      portsOf: () => Promise.resolve(known([])),
      clients: () => Promise.resolve(known(new Map())),
      connectionStates: () => {
        this.inspections += 1;
        return Promise.resolve(known(this.connections));
      },
      canBind: () => Promise.resolve({ kind: 'free' }),
    },
    consent: {
      isAgreed: () => Promise.resolve(this.isAgreed),
      record: (_agreement, spec) => Promise.resolve(void this.recorded.push(spec.id)),
    },
    chance: () => 0.5,
    askAboutPort: (_spec, owners) => new Promise((answer) => this.questions.push({ owners, answer })),
    offerPort: (_spec, port) => void this.offers.push(port),
    debuggers: this.debuggers,
    newRun: () => `run${(this.#runs += 1)}`,
    shouldReveal: () => this.reveals,
    folderOf: ({ folder, cwd }) => (cwd === '' ? folder : `${folder}/${cwd}`),
    runStopCommand: () => Promise.resolve('done'),
    stopsByTyping: false,
  };

  /** What an orderly end leaves: nothing that waits, watches or listens. */
  leftovers(): Record<string, number> {
    return {
      timers: this.clock.pending,
      watches: this.machine.watches,
      trees: this.trees.opened,
      waits: this.trees.waits,
      terminalListeners: this.terminals.listeners,
      focusListeners: this.#returns.size,
      probesToCome: this.probeRounds.size,
    };
  }
}

export const nothing = { timers: 0, watches: 0, trees: 0, waits: 0, terminalListeners: 0, focusListeners: 0, probesToCome: 0 };
