/** Notices that a service that starts listens on other ports than the one that was found for it. */
import type { TestRunOutcome } from '../../core/addServices/testRun';
import type { ServiceSpec } from '../../core/model/service';
import type { Lifetime } from '../lifetime';
import { Slot } from '../lifetime';
import type { Store } from '../store';
import type { World } from '../world';
import { ownPorts } from './confirmTestRun';

const lookIntervalMs = 500;
/** A server may open a port for its tools before its own, so this many looks in a row have to agree. */
const looksToAgree = 4;

/** Settles only when it does; without an expected port never. */
export function listensElsewhere(
  { id, port: expected }: Pick<ServiceSpec, 'id' | 'port'>,
  store: Store,
  world: Pick<World, 'clock' | 'trees' | 'portTable' | 'prober'>,
  lifetime: Lifetime,
): Promise<TestRunOutcome> {
  return new Promise((resolve) => {
    if (expected === undefined) return;
    const timer = lifetime.add(new Slot());
    let agreed = 0;
    const look = async (): Promise<void> => {
      const service = store.get(id);
      const ports = service === undefined ? [] : await ownPorts(service, world);
      agreed = ports.length > 0 && !ports.includes(expected) ? agreed + 1 : 0;
      if (agreed >= looksToAgree) resolve({ kind: 'elsewhere', expected, ports });
      else if (!lifetime.isOver) next();
    };
    const next = (): void => timer.set(world.clock.after(lookIntervalMs, () => void look()));
    next();
  });
}
