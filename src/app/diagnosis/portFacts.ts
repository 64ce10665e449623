/** Who listens on the port of a service, and who they are. */
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

/** The readings come one by one, so that a slow one does not take the others with it. */
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
  const look = listeners.then((found) => lookAt(port, lifecycle, found, tools));
  return {
    listeners,
    owners: look.then(({ owners }) => owners),
    forbidden: look.then(({ forbidden }) => forbidden),
  };
}

type Look = Pick<PortFacts, 'owners' | 'forbidden'>;

async function lookAt(port: number, lifecycle: Lifecycle, found: Reading<readonly Listener[]>, tools: PortTools): Promise<Look> {
  if (found.kind === 'unavailable') return { owners: found, forbidden: found };
  const nobody: Look = { owners: known<readonly PortOwner[]>([]), forbidden: known(undefined) };
  const isSeen = found.value.some(({ pids }) => pids.length > 0);
  // A look at a port that nobody is seen on binds it for a moment: a service that is about to listen there would fail.
  if (!isSeen && (found.value.length > 0 || mayListenSoon(lifecycle))) return nobody;
  const look = await tools.portOwners.look(port);
  if (look.kind === 'taken') return { ...nobody, owners: known(look.owners) };
  return look.kind === 'forbidden' ? { ...nobody, forbidden: known(look.why) } : nobody;
}

const mayListenSoon = ({ kind }: Lifecycle): boolean => kind !== 'stopped' && kind !== 'failed' && kind !== 'exited';
