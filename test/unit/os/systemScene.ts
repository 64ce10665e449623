/** A service that is supervised with the tables of another system. */
import { adoptRunning } from '../../../src/app/adoption';
import { createPortOwners } from '../../../src/app/portOwners';
import type { PortTable } from '../../../src/app/ports';
import { Supervisor } from '../../../src/app/supervisor';
import type { ServiceSpec } from '../../../src/core/model/service';
import { createPortSight } from '../../../src/os/portSight';
import type { SystemProcessTable } from '../../../src/os/processTable/index';
import { createProcessTrees } from '../../../src/os/trees/index';
import type { FakeClock } from '../../support/fakes/clock';
import type { FakePids } from '../../support/fakes/pids';
import { FakeWorld } from '../../support/fakes/world';

export interface SceneSystem {
  readonly processTable: SystemProcessTable;
  readonly portTable: PortTable;
  readonly stopsByTyping: boolean;
}

const place = { folder: '/shop', folderName: 'shop', multiRoot: false };

/** A window with a supervisor of its own. */
export class SystemScene {
  readonly world: FakeWorld;
  readonly supervisor: Supervisor;
  readonly #processTable: SystemProcessTable;

  constructor(
    private readonly pids: FakePids,
    systemOf: (clock: FakeClock) => SceneSystem,
    ...specs: readonly ServiceSpec[]
  ) {
    this.world = new FakeWorld(...specs);
    const { world } = this;
    world.supervisor.dispose();
    const { clock } = world;
    const { processTable, portTable, stopsByTyping } = systemOf(clock);
    this.#processTable = processTable;
    const sight = createPortSight({ processTable, portTable });
    const { ledger } = world.world;
    this.supervisor = new Supervisor(world.store, {
      ...world.world,
      ...{ processes: processTable, portTable, stopsByTyping },
      trees: createProcessTrees({ processTable, portTable, clock }),
      portOwners: createPortOwners(sight, { store: world.store, ledger, processes: processTable }),
    });
    world.terminals.launch = async ({ spec }) => {
      const { pid } = pids.spawn(`node ${spec.key}`);
      const identity = await processTable.identify(pid);
      if (identity.kind === 'unavailable' || identity.value === undefined) throw new Error(`${spec.key} has no identity.`);
      return { ok: true, process: identity.value };
    };
  }

  /** What runs ends at Ctrl+C. */
  endsOnCtrlC(): void {
    this.world.terminals.onTyped = () => this.pids.rows().forEach(({ pid }) => this.pids.end(pid));
  }

  /** The window before is gone, and left its services running. */
  async adopt(before: SystemScene): Promise<void> {
    before.supervisor.dispose();
    for (const [key, entry] of before.world.ledger) this.world.ledger.set(key, entry);
    const { store, world } = this.world;
    const adopted = adoptRunning([place], { ...world, processes: this.#processTable, store, supervisor: this.supervisor });
    await this.world.clock.turn(20_000);
    await adopted;
  }
}
