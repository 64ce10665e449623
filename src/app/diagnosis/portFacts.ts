/** Reads the listeners on the port of a service, and their processes. */
import type { PortFacts } from '../../core/diagnosis/facts';
import { t } from '../../core/wording/l10n';
import type { Listener, PortOwner, Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import type { ServiceIdentity } from '../../core/model/identity';
import type { ServiceSpec } from '../../core/model/service';
import type { Lifecycle } from '../../core/lifecycle/state';
import { hostOf } from '../../core/snapshot/portOf';
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

export function readPort(spec: ServiceSpec, lifecycle: Lifecycle, tools: PortTools): PortReadings {
  const { port } = spec;
  const host = hostOf({ lifecycle });
  if (port === undefined || host !== undefined) {
    const why = host === undefined ? t('The service has no port.') : t('Its container runs on {0}.', host);
    const none = Promise.resolve(unavailable(why));
    return { listeners: none, owners: none, forbidden: none };
  }
  const listeners = tools.portTable.listeners(port);
  const use = listeners.then((found) => readUse({ ...spec, port }, lifecycle, found, tools));
  return {
    listeners,
    owners: use.then(({ owners }) => owners),
    forbidden: use.then(({ forbidden }) => forbidden),
  };
}

/** The service that needs the port. */
type Asker = ServiceIdentity & { readonly port: number };

type PortUse = Pick<PortFacts, 'owners' | 'forbidden'>;

async function readUse(
  asker: Asker,
  lifecycle: Lifecycle,
  found: Reading<readonly Listener[]>,
  tools: PortTools,
): Promise<PortUse> {
  if (found.kind === 'unavailable') return { owners: found, forbidden: found };
  const unused: PortUse = { owners: known<readonly PortOwner[]>([]), forbidden: known(undefined) };
  const isVisible = found.value.some(({ pids }) => pids.length > 0);
  // Without a visible listener, `look` binds the port for a moment: a service that is about to listen there would fail.
  if (!isVisible && (found.value.length > 0 || mayListenSoon(lifecycle))) return unused;
  const result = await tools.portOwners.look(asker.port, asker);
  if (result.kind === 'taken') return { ...unused, owners: known(result.owners) };
  return result.kind === 'forbidden' ? { ...unused, forbidden: known(result.why) } : unused;
}

const mayListenSoon = ({ kind }: Lifecycle): boolean => kind !== 'stopped' && kind !== 'failed' && kind !== 'exited';
