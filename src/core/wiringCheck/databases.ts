/** Finds the service that the address of a database points to. */
import { nameOf } from '../workspaceFiles/paths';
import { composePorts, isComposeFile } from '../workspaceFiles/compose';
import type { Reference } from '../workspaceFiles/reference';
import { serversOf } from './context';
import type { WiringContext, Server } from './context';

interface Kind {
  readonly scheme: RegExp;
  /** Where it listens unless told otherwise. */
  readonly port: number;
  /** How a service of it is called or started. */
  readonly words: RegExp;
}

const kinds: readonly Kind[] = [
  { scheme: /^postgres/, port: 5432, words: /postgres|postgis|timescale|\bpg/i },
  { scheme: /^(?:mysql|mariadb)/, port: 3306, words: /mysql|mariadb/i },
  { scheme: /^redis/, port: 6379, words: /redis|valkey/i },
  { scheme: /^mongodb/, port: 27_017, words: /mongo/i },
  { scheme: /^amqp/, port: 5672, words: /rabbit|amqp/i },
];

/** Returns the only service of the kind in the URL; a PostgreSQL URL never means a Redis. */
export function intendedDatabase({ url }: Reference, context: WiringContext): Server | undefined {
  const kind = kinds.find(({ scheme }) => scheme.test(url));
  if (kind === undefined) return undefined;
  const isOfKind = ({ spec, port }: Server): boolean =>
    port === kind.port ||
    kind.words.test(`${spec.key} ${[spec.command].flat().join(' ')}`) ||
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
