/** Whose processes hold a port: left over from the same service, of a service that is supervised, of VS Code itself, or any other. */
import { defined } from '../core/model/defined';
import { identityOf } from '../core/model/identity';
import type { ServiceIdentity } from '../core/model/identity';
import type { OwnerState, PortOrigin, PortOwner, ProcessIdentity } from '../core/model/process';
import type { Lifecycle, Service } from '../core/lifecycle/state';
import type { Ledger, LedgerEntry, PortLook, PortOwners, ProcessTable } from './ports';
import type { PortSight, SeenOwner } from './portSight';
import { isActive } from './store';
import type { ServiceStore } from './store';

export interface PortOwnersParts {
  readonly store: Pick<ServiceStore, 'services'>;
  readonly ledger: Ledger;
  readonly processes: ProcessTable;
}

export function createPortOwners(sight: PortSight, parts: PortOwnersParts): PortOwners {
  return {
    async look(port, asker): Promise<PortLook> {
      const seen = await sight.look(port);
      if (seen.kind !== 'taken') return seen;
      return { kind: 'taken', owners: seen.owners.map((owner) => withOrigin(owner, originOf(owner, asker, parts))) };
    },
  };
}

const withOrigin = ({ process, command, cwd, startedAt }: SeenOwner, origin: PortOrigin): PortOwner => ({
  process,
  command,
  startedAt,
  origin,
  ...defined({ cwd }),
});

function originOf(
  owner: SeenOwner,
  asker: ServiceIdentity | undefined,
  { store, ledger, processes }: PortOwnersParts,
): PortOrigin {
  const service = store.services().find(({ state }) => isOfService(owner, state.lifecycle));
  if (service !== undefined) return supervisedHere(service);
  const entry = ledger.entries().find((each) => isOfEntry(owner, each));
  if (entry?.host !== undefined) {
    const isWindowGone = !processes.isAlive(entry.host);
    if (!isWindowGone) return { kind: 'service', folder: entry.folder, key: entry.key, state: 'elsewhere' };
    if (asker !== undefined && identityOf(entry) === identityOf(asker)) return { kind: 'leftOver' };
  }
  return { kind: owner.isEditor ? 'editor' : 'other' };
}

/** What is only monitored belongs to no service of this window. */
function isOfService(owner: SeenOwner, lifecycle: Lifecycle): boolean {
  if (!isActive(lifecycle) || lifecycle.kind === 'external') return false;
  const process = 'process' in lifecycle ? lifecycle.process : undefined;
  return lifecycle.run === owner.run || (process !== undefined && descendsFrom(owner, process));
}

const isOfEntry = (owner: SeenOwner, entry: LedgerEntry): boolean =>
  entry.run === owner.run || descendsFrom(owner, entry.process);

const descendsFrom = ({ lineage }: SeenOwner, { pid, born }: ProcessIdentity): boolean =>
  lineage.some((each) => each.pid === pid && each.born === born);

const supervisedHere = ({ spec, state }: Service): PortOrigin => ({
  kind: 'service',
  folder: spec.folder,
  key: spec.key,
  id: spec.id,
  state: stateOf(state.lifecycle),
});

function stateOf(lifecycle: Lifecycle): OwnerState {
  switch (lifecycle.kind) {
    case 'running':
      return lifecycle.health.kind === 'healthy' || lifecycle.health.kind === 'unhealthy' ? lifecycle.health.kind : 'running';
    case 'starting':
    case 'launching':
      return 'starting';
    case 'stopping':
      return 'stopping';
    default:
      return 'running';
  }
}
