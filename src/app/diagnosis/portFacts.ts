/** Reads the listeners on the port of a service, and their processes. */
import type { PortFacts } from '../../core/diagnosis/facts';
import { t } from '../../core/wording/l10n';
import type { Listener, PortOwner, Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import type { Lifecycle } from '../../core/lifecycle/state';
import type { PortOwners, PortTable } from '../ports';

export interface PortTools {
  readonly portTable: PortTable;
  readonly portOwners: PortOwners;
}

/** Separate promises, so that a slow reading does not delay the others beyond the deadline. */
export interface PortReadings {
  readonly listeners: Promise<Reading<readonly Listener[]>>;
  readonly owners: Promise<PortFacts['owners']>;
  readonly forbidden: Promise<PortFacts['forbidden']>;
}

export function readPort(port: number | undefined, lifecycle: Lifecycle, tools: PortTools): PortReadings {
  if (port === undefined) {
    const none = Promise.resolve(unavailable(t('The service has no port.')));
    return { listeners: none, owners: none, forbidden: none };
  }
  const listeners = tools.portTable.listeners(port);
  const use = listeners.then((found) => readUse(port, lifecycle, found, tools));
  return {
    listeners,
    owners: use.then(({ owners }) => owners),
    forbidden: use.then(({ forbidden }) => forbidden),
  };
}

type PortUse = Pick<PortFacts, 'owners' | 'forbidden'>;

async function readUse(
  port: number,
  lifecycle: Lifecycle,
  found: Reading<readonly Listener[]>,
  tools: PortTools,
): Promise<PortUse> {
  if (found.kind === 'unavailable') return { owners: found, forbidden: found };
  const unused: PortUse = { owners: known<readonly PortOwner[]>([]), forbidden: known(undefined) };
  const isVisible = found.value.some(({ pids }) => pids.length > 0);
  // Without a visible listener, `look` binds the port for a moment: a service that is about to listen there would fail.
  if (!isVisible && (found.value.length > 0 || mayListenSoon(lifecycle))) return unused;
  const result = await tools.portOwners.look(port);
  if (result.kind === 'taken') return { ...unused, owners: known(result.owners) };
  return result.kind === 'forbidden' ? { ...unused, forbidden: known(result.why) } : unused;
}

const mayListenSoon = ({ kind }: Lifecycle): boolean => kind !== 'stopped' && kind !== 'failed' && kind !== 'exited';
