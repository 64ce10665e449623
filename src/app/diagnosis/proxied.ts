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
  const ports = [...new Set(proxied)].slice(0, maxPorts);
  const found = await Promise.all(ports.map(async (port) => (await ownersOf(port, tools)).map((owner) => ({ port, owner }))));
  const servers = found.flat();
  const owners = known(servers.map(({ owner }) => owner));
  const checkouts = await readCheckouts(context.spec.folder, Promise.resolve(owners), tools.files);
  if (checkouts.kind === 'unavailable') return checkouts;
  const { own: repository, owners: theirs } = checkouts.value;
  if (repository === undefined) return known([]);
  return known(
    servers.flatMap((server) => {
      const checkout = theirs.get(server.owner.process.pid);
      return checkout === undefined ? [] : [{ ...server, checkout, own: repository }];
    }),
  );
}

/** Without a visible listener `look` would bind the port for a moment, and disturb a server that is about to listen there. */
async function ownersOf(port: number, { portTable, portOwners }: ProxyTools): Promise<readonly PortOwner[]> {
  const listeners = await portTable.listeners(port);
  if (listeners.kind === 'unavailable' || !listeners.value.some(({ pids }) => pids.length > 0)) return [];
  const look = await portOwners.look(port);
  return look.kind === 'taken' ? look.owners : [];
}
