/** Whose servers the proxies of a service reach, where these belong to a repository. */
import type { Facts, ProxiedServer } from '../../core/diagnosis/facts';
import { alive } from '../../core/diagnosis/queries';
import type { Reference } from '../../core/workspaceFiles/reference';
import type { PortOwner, Reading } from '../../core/model/process';
import { known } from '../../core/model/process';
import type { PortOwners, PortTable } from '../ports';
import { readCheckouts } from './checkouts';
import type { Files } from './parts';

export interface ProxyContext extends Pick<Facts, 'others' | 'spec'> {
  readonly references: readonly Reference[];
}

interface ProxyTools {
  readonly portTable: PortTable;
  readonly portOwners: PortOwners;
  readonly files: Files;
}

const maxPorts = 10;

/** A port of a service that runs in this window is its own. */
export async function readProxied(context: ProxyContext, tools: ProxyTools): Promise<Reading<readonly ProxiedServer[]>> {
  const own = new Set(
    [context.spec, ...context.others.filter((other) => alive(other) !== undefined).map(({ spec }) => spec)].map(
      ({ port }) => port,
    ),
  );
  const proxied = context.references.filter(({ kind, port }) => kind === 'proxy' && !own.has(port)).map(({ port }) => port);
  const servers = await Promise.all([...new Set(proxied)].slice(0, maxPorts).map((port) => serversOn(port, context, tools)));
  return known(servers.flat());
}

async function serversOn(port: number, { spec }: ProxyContext, tools: ProxyTools): Promise<readonly ProxiedServer[]> {
  const owners = await ownersOf(port, tools);
  const checkouts = await readCheckouts(spec.folder, Promise.resolve(known(owners)), tools.files);
  if (checkouts.kind === 'unavailable' || checkouts.value.own === undefined) return [];
  const { own, owners: theirs } = checkouts.value;
  return owners.flatMap((owner) => {
    const checkout = theirs.get(owner.process.pid);
    return checkout === undefined ? [] : [{ port, owner, checkout, own }];
  });
}

/** Without a visible listener `look` would bind the port for a moment, and disturb a server that is about to listen there. */
async function ownersOf(port: number, { portTable, portOwners }: ProxyTools): Promise<readonly PortOwner[]> {
  const listeners = await portTable.listeners(port);
  if (listeners.kind === 'unavailable' || !listeners.value.some(({ pids }) => pids.length > 0)) return [];
  const look = await portOwners.look(port);
  return look.kind === 'taken' ? look.owners : [];
}
