/** Who listens on the port of a service, and who they are. */
import type { PortFacts } from '../../core/diagnosis/facts';
import { t } from '../../core/wording/l10n';
import type { Listener, PortOwner, Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import type { ServiceIdentity } from '../../core/model/identity';
import type { ServiceSpec } from '../../core/model/service';
import type { Lifecycle } from '../../core/lifecycle/state';
import type { PortOwners, PortTable } from '../ports';

export interface PortTools {
  readonly portTable: PortTable;
  readonly portOwners: PortOwners;
}

/** The readings come one by one, so that a slow one does not take the others with it. */
export interface PortReadings {
  readonly listeners: Promise<Reading<readonly Listener[]>>;
  readonly owners: Promise<PortFacts['owners']>;
  readonly forbidden: Promise<PortFacts['forbidden']>;
}

export function readPort(spec: ServiceSpec, lifecycle: Lifecycle, tools: PortTools): PortReadings {
  const { port } = spec;
  if (port === undefined) {
    const none = Promise.resolve(unavailable(t('The service has no port.')));
    return { listeners: none, owners: none, forbidden: none };
  }
  const listeners = tools.portTable.listeners(port);
  const look = listeners.then((found) => lookAt({ ...spec, port }, lifecycle, found, tools));
  return {
    listeners,
    owners: look.then(({ owners }) => owners),
    forbidden: look.then(({ forbidden }) => forbidden),
  };
}

/** The service that wants the port. */
type Asker = ServiceIdentity & { readonly port: number };

type Look = Pick<PortFacts, 'owners' | 'forbidden'>;

async function lookAt(asker: Asker, lifecycle: Lifecycle, found: Reading<readonly Listener[]>, tools: PortTools): Promise<Look> {
  if (found.kind === 'unavailable') return { owners: found, forbidden: found };
  const nobody: Look = { owners: known<readonly PortOwner[]>([]), forbidden: known(undefined) };
  const isSeen = found.value.some(({ pids }) => pids.length > 0);
  // A look at a port that nobody is seen on binds it for a moment: a service that is about to listen there would fail.
  if (!isSeen && (found.value.length > 0 || mayListenSoon(lifecycle))) return nobody;
  const look = await tools.portOwners.look(asker.port, asker);
  if (look.kind === 'taken') return { ...nobody, owners: known(look.owners) };
  return look.kind === 'forbidden' ? { ...nobody, forbidden: known(look.why) } : nobody;
}

const mayListenSoon = ({ kind }: Lifecycle): boolean => kind !== 'stopped' && kind !== 'failed' && kind !== 'exited';
