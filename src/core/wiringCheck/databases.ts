/** Finds the service that the address of a database points to. */
import { serverOfScheme } from '../model/knownServers';
import { nameOf } from '../workspaceFiles/paths';
import { composePorts, isComposeFile } from '../workspaceFiles/compose';
import type { Reference } from '../workspaceFiles/reference';
import { serversOf } from './context';
import type { WiringContext, Server } from './context';

/** Words in the key or the command of a service that runs such a database. */
const words: Readonly<Record<string, RegExp>> = {
  PostgreSQL: /postgres|postgis|timescale|\bpg/i,
  MySQL: /mysql|mariadb/i,
  Redis: /redis|valkey/i,
  MongoDB: /mongo/i,
  RabbitMQ: /rabbit|amqp/i,
};

/** Returns the only service of the kind in the URL; a PostgreSQL URL never means a Redis. */
export function intendedDatabase({ url }: Reference, context: WiringContext): Server | undefined {
  const kind = serverOfScheme(/^\w+/.exec(url)?.[0] ?? '');
  const pattern = words[kind?.name ?? ''];
  if (kind === undefined || pattern === undefined) return undefined;
  const isOfKind = ({ spec, port }: Server): boolean =>
    port === kind.port ||
    pattern.test(`${spec.key} ${[spec.command].flat().join(' ')}`) ||
    insideOf(port, context).includes(kind.port);
  const found = serversOf(context.services).filter((server) => server.spec.role === 'database' && isOfKind(server));
  return found.length === 1 ? found[0] : undefined;
}

/** Returns the container ports that Compose publishes as this port. */
const insideOf = (port: number, { texts }: WiringContext): readonly number[] =>
  [...texts]
    .filter(([file]) => isComposeFile(nameOf(file)))
    .flatMap(([, text]) => composePorts(text).ports)
    .filter(({ published }) => published === port)
    .map(({ target }) => target);
