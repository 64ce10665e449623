/** Debug with a service whose process, inspector and debugpy a test changes. */
import { Debugging } from '../../../../src/app/debug/debugging';
import type { DebuggingParts, DebugOutcome, How } from '../../../../src/app/debug/debugging';
import { withDebugpy } from '../../../../src/core/debug/launchEnvironment';
import type { LaunchCompound, LaunchEntry } from '../../../../src/core/debug/launchEntries';
import { known } from '../../../../src/core/model/process';
import type { Listener, ProcessRow } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { noOutput } from '../../../../src/core/output/runOutput';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

export const entry: LaunchEntry = { name: 'Attach to it', type: 'go', request: 'attach' };
export const compound: LaunchCompound = { name: 'All of it', configurations: ['Attach to it', 'Open the page'] };

export class Bench {
  readonly world: FakeWorld;
  /** What was done, in order. */
  readonly done: string[] = [];
  readonly started: LaunchEntry[] = [];
  command = 'node server.js';
  /** The port on which its inspector is listening. */
  inspector: number | undefined;
  /** Whether a signal opens it. */
  opens = true;
  taken: readonly Listener[] = [];
  leads = true;
  hasPython = false;
  /** Whether debugpy can enter a process that runs. */
  enters = true;
  /** Pid of the process that serves, and the port on which debugpy is listening for it. */
  pid = 7;
  debugpy: number | undefined;
  isStarted = true;
  lose: () => void = () => undefined;

  constructor(spec: ServiceSpec = serviceSpec('web')) {
    this.world = new FakeWorld(spec);
  }

  async debug(how: How = 'asItIs'): Promise<DebugOutcome> {
    this.#debugging ??= new Debugging(this.#parts());
    const outcome = this.#debugging.debug('web', how);
    await this.world.clock.turn(20_000);
    return outcome;
  }

  /** A reloader replaces the process, whose session ends. */
  async reload(pid: number): Promise<void> {
    [this.pid, this.inspector] = [pid, undefined];
    this.lose();
    await this.world.clock.turn(20_000);
  }

  #debugging: Debugging | undefined;

  #members(): readonly ProcessRow[] {
    const row = (pid: number, command: string): ProcessRow => ({
      ...{ pid, born: 'b', ppid: 0, state: 'running', startedAt: 0, command },
    });
    const adapter = `python3 /lib/debugpy/adapter --for-server 5000 --port ${this.debugpy ?? 0}`;
    return [row(this.pid, this.command), ...(this.debugpy === undefined ? [] : [row(9, adapter)])];
  }

  #listeners(): readonly Listener[] {
    const listener = (port: number | undefined, pid: number): readonly Listener[] =>
      port === undefined ? [] : [{ port, address: '127.0.0.1', family: 4, pids: [pid] }];
    return [...listener(8000, this.pid), ...listener(this.inspector, this.pid), ...listener(this.debugpy, 9)];
  }

  #parts(): DebuggingParts {
    const { world } = this.world;
    const tree = { members: () => Promise.resolve(known(this.#members())), dispose: () => undefined };
    const leader = { pid: 7, born: 'b' };
    return {
      store: this.world.store,
      supervisor: this.world.supervisor,
      world: {
        ...{ clock: world.clock, prober: world.prober, folderOf: (spec) => world.folderOf(spec) },
        trees: { ...world.trees, open: () => ({ ...world.trees.open({ process: leader, marker: '' }), ...tree }) },
        portTable: {
          ...world.portTable,
          portsOf: () => Promise.resolve(known(this.#listeners())),
          listeners: () => Promise.resolve(known(this.taken)),
        },
      },
      sessions: {
        isAttached: (service) => this.world.debuggers.isAttached(service),
        start: (_, configuration, how) => {
          if (how === 'quiet') this.done.push('quiet');
          this.started.push(configuration);
          return Promise.resolve(this.isStarted);
        },
        startCompound: (_, { name }) => {
          this.done.push(`compound ${name}`);
          return Promise.resolve(this.isStarted);
        },
        prepare: (_, change) => {
          this.done.push(`prepare ${Object.keys(change({}, {})).join()}`);
          return { dispose: () => this.done.push('prepared') };
        },
        onDidLose: (listener) => {
          this.lose = () => listener(this.world.service('web').spec);
          return { dispose: () => undefined };
        },
      },
      output: () =>
        Promise.resolve(
          this.inspector === undefined
            ? noOutput
            : { ...noOutput, lines: [`Debugger listening on ws://127.0.0.1:${this.inspector}/x`] },
        ),
      leads: () => this.leads,
      launchTargets: () => ({ configurations: [entry], compounds: [compound] }),
      debugpyEnvironment: () => Promise.resolve(withDebugpy({ start: '/s', libraries: '', separator: ':' })),
      entersPython: () => Promise.resolve(this.enters),
      openInspector: ({ pid }) => {
        this.done.push(`signal ${pid}`);
        if (this.opens) this.inspector = 9229;
        return Promise.resolve('asked');
      },
      hasPythonDebugger: () => this.hasPython,
    };
  }
}
