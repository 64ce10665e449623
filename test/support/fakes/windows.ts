/** Several windows of one folder on one machine: extension hosts that come and go, and terminals that stay with their window. */
import type { Ledger, LedgerEntry, Terminals } from '../../../src/app/ports';
import { Sharing } from '../../../src/app/sharing/sharing';
import { launchesIn, SharedTerminals } from '../../../src/app/sharing/sharedTerminals';
import { signedLedger } from '../../../src/app/sharing/windows';
import { Store } from '../../../src/app/store';
import { Supervisor } from '../../../src/app/supervisor';
import type { World } from '../../../src/app/world';
import type { ProcessIdentity } from '../../../src/core/model/process';
import type { Lifecycle } from '../../../src/core/lifecycle/state';
import type { ServiceSpec } from '../../../src/core/model/service';
import { toSnapshot } from '../../../src/core/snapshot/toSnapshot';
import { FakeClock } from './clock';
import { HostTerminals } from './hostTerminals';
import { FakeLeases, FakeNetwork } from './leases';
import { FakeMachine } from './machine';
import { FakeNotes } from './notes';
import { FakeProber } from './prober';
import { FakeTrees } from './trees';
import { FakeWorld } from './world';

export class FakeDesktop {
  readonly clock = new FakeClock();
  readonly machine = new FakeMachine();
  readonly trees = new FakeTrees(this.machine);
  readonly prober = new FakeProber(this.clock);
  readonly leases = new FakeLeases();
  readonly network = new FakeNetwork(this.clock);
  readonly ledger = new Map<string, LedgerEntry>();
  readonly launches = new Map<string, LedgerEntry>();
  readonly windows: FakeWindow[] = [];
  /** What happened to each run, by the extension hosts that saw it. */
  readonly crashes: string[] = [];
  /** Notes cannot be written: each host keeps its own in memory until it can, or ends. */
  isDiskFull = false;
  #runs = 0;

  /** What the file of the folder says to windows that read it from now on. */
  constructor(public specs: readonly ServiceSpec[]) {}

  freeDisk(): void {
    this.isDiskFull = false;
    this.leases.full = undefined;
    for (const { host } of this.windows) host?.flush();
  }

  fillDisk(): void {
    this.isDiskFull = true;
    this.leases.full = 'ENOSPC: no space left on device';
  }

  newRun = (): string => `run${(this.#runs += 1)}`;

  /** Opens a window with an extension host in it. */
  open(options: Partial<FakeWindow['options']> = {}): FakeWindow {
    const window = new FakeWindow(this, { trusted: true, folder: '/shop', label: '', ...options });
    this.windows.push(window);
    window.boot();
    return window;
  }

  /** The process of a service ends without being asked to; its window learns the code a moment later. */
  crash(service = 'web', exitCode = 1): void {
    for (const { identity, run } of this.machine.living(service)) {
      this.machine.end(identity.pid);
      for (const window of this.windows) window.processEnded(run, exitCode);
    }
    this.trees.look();
  }

  /** Services with more than one living process. */
  copies(): readonly string[] {
    return this.specs.map(({ key }) => key).filter((key) => this.machine.living(key).length > 1);
  }

  /** Living runs that are not in the ledger. */
  unnoted(): readonly string[] {
    const noted = new Set([...this.ledger.values()].map(({ run }) => run));
    const services = new Set(this.specs.map(({ key }) => key));
    return this.machine
      .living()
      .filter(({ service, run }) => services.has(service) && !noted.has(run))
      .map(({ run }) => run);
  }
}

/** One window: it keeps its terminals while its extension host is replaced. */
export class FakeWindow {
  readonly terminals = new Map<string, ProcessIdentity>();
  host: FakeHost | undefined;
  /** False: the tab was closed, and its extension host does not know. */
  isShown = true;

  constructor(
    readonly desktop: FakeDesktop,
    readonly options: { readonly trusted: boolean; readonly folder: string; readonly label: string },
  ) {}

  boot(): FakeHost {
    this.host = new FakeHost(this);
    return this.host;
  }

  /** Its extension host; a window without one has none to ask. */
  get present(): FakeHost {
    if (this.host === undefined) throw new Error('This window has no extension host.');
    return this.host;
  }

  lifecycle(id = 'web'): Lifecycle {
    const service = this.present.store.get(id);
    if (service === undefined) throw new Error(`There is no service ${id}.`);
    return service.state.lifecycle;
  }

  kind = (id = 'web'): Lifecycle['kind'] => this.lifecycle(id).kind;

  shown(id = 'web'): string {
    const service = this.present.store.get(id);
    return service === undefined ? 'unknown' : JSON.stringify(toSnapshot(service));
  }

  /** The extension host is killed. */
  kill(): void {
    this.host?.die();
    this.host = undefined;
  }

  /** The window reloads: its host ends, and the next one, which finds the same terminals, is there 200 ms later. */
  reload(): void {
    this.host?.close();
    this.host = undefined;
    this.desktop.clock.after(200, () => void (this.host ??= new FakeHost(this)));
  }

  processEnded(run: string, exitCode: number): void {
    if (!this.terminals.delete(run)) return;
    this.desktop.clock.after(300, () => this.host?.terminals.emit((listener) => listener.ended(run, exitCode, false)));
  }

  /** The user closes the terminal of a run: its process ends with it. */
  closeTerminal(run: string): void {
    const process = this.terminals.get(run);
    this.terminals.delete(run);
    this.host?.terminals.emit((listener) => listener.closed(run));
    if (process !== undefined) this.desktop.machine.end(process.pid);
    this.desktop.trees.look();
  }
}

/** One extension host with everything that the extension makes in it. A dead one does and hears nothing. */
export class FakeHost {
  readonly store = new Store();
  readonly terminals = new HostTerminals(this);
  readonly supervisor: Supervisor;
  readonly sharing: Sharing;
  readonly refused: string[] = [];
  readonly log: string[] = [];
  readonly questions: { readonly key: string; readonly answer: (answer: 'stop' | 'adopt' | 'cancel') => void }[] = [];
  readonly #channel;
  readonly #process;
  readonly #notes: FakeNotes[] = [];
  isAlive = true;
  isReady = false;

  constructor(readonly window: FakeWindow) {
    const { desktop, options } = window;
    this.#process = desktop.machine.spawn('extension host', 'none');
    this.#channel = desktop.network.channel();
    const me = (): ProcessIdentity => this.#process.identity;
    const launches = launchesIn(this.#signed(desktop.launches), me, () => this.clock.now());
    const shared = new SharedTerminals(this.terminals, this.clock, launches);
    const world = this.#world(shared);
    const sharing = new Sharing({
      ...world,
      ...{ leases: desktop.leases, channel: this.#channel, store: this.store, launches },
      window: {
        isTrusted: () => options.trusted,
        responds: () => (this.isAlive && window.isShown ? Promise.resolve() : new Promise(() => undefined)),
      },
      windowId: this.id,
      identity: () => Promise.resolve(this.#process.identity),
      terminals: { own: this.terminals, shared },
      realPath,
      placeOf: (folder) => ({ folder, folderName: folder, multiRoot: false }),
      askAboutPort: ({ key }) => new Promise((answer) => this.questions.push({ key, answer })),
      refused: (why, key) => void this.refused.push(`${why} ${key}`),
      openForAgent: () => ({ received: () => undefined, closed: () => undefined }),
      led: () => undefined,
    });
    this.sharing = sharing;
    this.store.configure({ services: this.#specs(), broken: [] });
    this.supervisor = new Supervisor(
      this.store,
      { ...world, askAboutPort: (...asked) => sharing.askAboutPort(...asked) },
      sharing,
    );
    void sharing.share([options.folder], this.supervisor).then(() => (this.isReady = true));
  }

  /** Of this activation. */
  get id(): string {
    return `window of ${this.#process.identity.pid}`;
  }

  /** The same services under the labels of this window. */
  #specs(): readonly ServiceSpec[] {
    const { desktop, options } = this.window;
    const named = (id: string): string => `${options.label}${id}`;
    return desktop.specs.map((spec) => ({
      ...spec,
      ...{ id: named(spec.id), folder: options.folder },
      dependsOn: spec.dependsOn.map((dependency) => ({ ...dependency, id: named(dependency.id) })),
    }));
  }

  die(): void {
    this.isAlive = false;
    this.#channel.cut();
    this.window.desktop.machine.end(this.#process.identity.pid);
  }

  /** As `deactivate` does. */
  close(): void {
    this.supervisor.dispose();
    this.sharing.dispose();
    if (!this.window.desktop.isDiskFull) this.flush();
    this.die();
  }

  /** Writes what could not be written before. */
  flush(): void {
    for (const notes of this.#notes) notes.flush();
  }

  readonly clock = {
    now: (): number => this.window.desktop.clock.now(),
    elapsed: (): number => this.window.desktop.clock.elapsed(),
    after: (ms: number, call: () => void) => this.window.desktop.clock.after(ms, () => this.isAlive && call()),
  };

  #world(terminals: Terminals): World {
    const { desktop } = this.window;
    const { machine, trees } = desktop;
    return {
      ...new FakeWorld().world,
      ...{ terminals, prober: { probe: (request) => this.#whileAlive(desktop.prober.probe(request)) } },
      clock: this.clock,
      processes: machine,
      trees: {
        watchExit: (process, gone) => trees.watchExit(process, () => this.isAlive && gone()),
        open: (root) => {
          const tree = trees.open(root);
          return {
            ...tree,
            interrupt: (signal) => (this.isAlive ? tree.interrupt(signal) : Promise.resolve('asked')),
            gone: (signal) => this.#whileAlive(tree.gone(signal)),
            kill: () => (this.isAlive ? tree.kill() : new Promise(() => undefined)),
          };
        },
      },
      ledger: this.#signed(desktop.ledger),
      newRun: desktop.newRun,
      log: {
        info: (message) => this.#note(message),
        warn: (message) => this.#note(message),
        error: (message) => this.#note(message),
      },
    };
  }

  #signed(kept: Map<string, LedgerEntry>): Ledger {
    const ledger = new FakeNotes(kept, () => (this.isAlive ? !this.window.desktop.isDiskFull : 'dead'));
    this.#notes.push(ledger);
    return signedLedger({ ledger, window: () => this.#process.identity, realPath, folders: () => [this.window.options.folder] });
  }

  #note(message: string): void {
    if (!this.isAlive) return;
    this.log.push(message);
    const crash = /^(\S+): (?:running|starting).* pid (\d+) -> .*\(processGone\)/.exec(message);
    if (crash !== null) this.window.desktop.crashes.push(crash[2] ?? '');
  }

  async #whileAlive<T>(promise: Promise<T>): Promise<T> {
    const value = await promise;
    return this.isAlive ? value : new Promise<T>(() => undefined);
  }
}

/** All paths of the tests lead to one folder. */
const realPath = (): string => '/real/shop';
