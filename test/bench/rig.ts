/** The real supervisor over the real system, with plain children instead of terminals: what a snapshot tells, and when. */
import { randomUUID } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import type { DiagnosisParts } from '../../src/app/diagnosis/parts';
import { Store } from '../../src/app/store';
import { ProbeRounds } from '../../src/app/run/probeRounds';
import { Supervisor } from '../../src/app/supervisor';
import { SeenPorts } from '../../src/app/diagnosis/seenPorts';
import type { World } from '../../src/app/world';
import { withChosenPorts } from '../../src/core/config/chosenPorts';
import { parseServices } from '../../src/core/config/parse';
import { toSnapshot } from '../../src/core/snapshot/toSnapshot';
import type { ServiceSpec } from '../../src/core/model/service';
import type { ServiceSnapshot } from '../../src/core/snapshot/snapshot';
import { LogStore } from '../../src/core/output/logStore';
import { known } from '../../src/core/model/process';
import { systemClock as clock } from '../../src/os/clock';
import { createFiles } from '../../src/os/files';
import { createPortOwners } from '../../src/app/portOwners';
import { createPortSight } from '../../src/os/portSight';
import { createPortTable } from '../../src/os/portTable/index';
import { createProber } from '../../src/os/probes/index';
import { createProcessTable } from '../../src/os/processTable/index';
import { createProcessTrees } from '../../src/os/trees/index';
import { FakeContainers } from '../support/fakes/containers';
import { FakeDebuggers } from '../support/fakes/debuggers';
import { PlainTerminals } from './plainTerminals';
import { now, within } from './time';

export interface Seen {
  readonly snapshot: ServiceSnapshot;
  /** On the clock of `now()`. */
  readonly at: number;
}

export class Rig {
  readonly processes = createProcessTable();
  readonly ports = createPortTable();
  readonly trees = createProcessTrees({ processTable: this.processes, portTable: this.ports, clock });
  readonly terminals = new PlainTerminals(this.processes);
  readonly #store = new Store();
  readonly world: World;
  readonly #supervisor: Supervisor;
  readonly #watchers = new Set<(seen: Seen) => void>();

  /** `changes` replaces parts of the world. */
  constructor(
    private readonly folder: string,
    changes: Partial<World> = {},
  ) {
    this.world = { ...this.#world(), ...changes };
    this.#supervisor = new Supervisor(this.#store, this.world);
    this.#store.onDidChange((changed) => {
      const at = now();
      for (const service of this.#store.services()) {
        if (changed !== 'all' && !changed.has(service.spec.id)) continue;
        for (const watch of [...this.#watchers]) watch({ snapshot: toSnapshot(service), at });
      }
    });
  }

  /** Takes services in the words of services.json; `chosen`: ports by id, of those whose port is not fixed. */
  configure(services: Readonly<Record<string, object>>, chosen: ReadonlyMap<string, number> = new Map()): void {
    const place = { folder: this.folder, folderName: 'bench', multiRoot: false };
    const parsed = parseServices(JSON.stringify({ services }), place);
    const [problem] = parsed.problems;
    if (problem !== undefined) throw new Error(`The bench wrote a wrong configuration: ${problem.message}`);
    this.#store.configure({ ...parsed, services: withChosenPorts(parsed.services, { ports: chosen, containers: new Map() }) });
  }

  /** Last lines of the latest run, oldest first. */
  output(id: string): readonly string[] {
    return this.#supervisor.output(id).lines;
  }

  snapshot(id: string): ServiceSnapshot {
    const service = this.#store.get(id);
    if (service === undefined) throw new Error(`There is no service ${id}.`);
    return toSnapshot(service);
  }

  /** The first change after which the snapshot is as wanted. */
  next(id: string, what: string, wanted: (snapshot: ServiceSnapshot) => boolean, patience = 20_000): Promise<Seen> {
    let watch: (seen: Seen) => void = () => undefined;
    const seen = new Promise<Seen>((resolve) => {
      watch = (each) => {
        if (each.snapshot.id === id && wanted(each.snapshot)) resolve(each);
      };
      this.#watchers.add(watch);
    });
    return within(`${id} ${what}`, patience, seen)
      .catch((error: unknown) => {
        throw new Error(`${String(error)} It is ${JSON.stringify(this.snapshot(id))}`);
      })
      .finally(() => this.#watchers.delete(watch));
  }

  start(id: string): void {
    this.#supervisor.start(id);
  }

  stop(id: string): void {
    this.#supervisor.stop(id);
  }

  async stopAll(): Promise<void> {
    const busy = this.#store.services().filter(({ spec }) => this.#supervisor.isBusy(spec.id));
    const stopped = busy.map(({ spec }) => this.next(spec.id, 'to stop', ({ lifecycle }) => isAtRest(lifecycle)));
    for (const { spec } of busy) this.stop(spec.id);
    await Promise.all(stopped);
  }

  diagnosisParts(): DiagnosisParts {
    return {
      world: this.world,
      store: this.#store,
      files: createFiles(),
      host: { platform: 'linux', isRemote: false, inContainer: false },
      seenPorts: new SeenPorts(),
      inherited: new Set(Object.keys(process.env)),
      blockedSince: () => known(undefined),
      output: ({ spec }) => Promise.resolve(this.#supervisor.output(spec.id)),
    };
  }

  dispose(): void {
    this.#supervisor.dispose();
  }

  #world(): World {
    const folderOf = ({ cwd }: ServiceSpec): string => (isAbsolute(cwd) ? cwd : join(this.folder, cwd));
    const nothing = (): void => undefined;
    return {
      ...{ clock, folderOf, terminals: this.terminals, processes: this.processes, trees: this.trees, portTable: this.ports },
      chosenPorts: { move: () => Promise.resolve(false), refresh: nothing },
      logs: new LogStore(),
      probeRounds: new ProbeRounds(),
      containers: new FakeContainers(),
      attention: { probeFactor: () => 1, onReturn: () => ({ dispose: nothing }) },
      consent: { isAgreed: () => Promise.resolve(true), record: () => Promise.resolve() },
      ledger: noLedger,
      log: { info: nothing, warn: nothing, error: nothing },
      preflight: {
        prepare: (spec) => {
          const launch = { command: spec.command, cwd: folderOf(spec), env: spec.env };
          return Promise.resolve({ ok: true, launch });
        },
      },
      steps: noSetup,
      prober: createProber({ clock, processTable: this.processes, processTrees: this.trees }),
      portOwners: createPortOwners(createPortSight({ processTable: this.processes, portTable: this.ports }), {
        store: this.#store,
        ledger: noLedger,
        processes: this.processes,
      }),
      chance: Math.random,
      askAboutPort: () => Promise.resolve('cancel'),
      offerPort: nothing,
      debuggers: new FakeDebuggers(),
      newRun: randomUUID,
      shouldReveal: () => false,
      runStopCommand: () => Promise.resolve('none'),
      stopsByTyping: false,
    };
  }
}

const noLedger: World['ledger'] = {
  read: () => undefined,
  entries: () => [],
  write: () => undefined,
  remove: () => undefined,
};

/** No service of a benchmark has setup steps. */
const noSetup: World['steps'] = {
  prepare: () => Promise.resolve({ ok: false, failure: { kind: 'untrusted' } }),
  isNeeded: () => Promise.resolve(false),
  run: () => Promise.resolve({ kind: 'calledOff' }),
  show: () => false,
};

const isAtRest = (lifecycle: ServiceSnapshot['lifecycle']): boolean =>
  lifecycle === 'stopped' || lifecycle === 'exited' || lifecycle === 'failed';
