/** Finds addresses on this machine that are written in parts: a host, and a port elsewhere or none. */
import type { Ask } from '../candidate';
import { serverOfScheme } from '../../core/model/knownServers';
import { nameOf } from './paths';
import { findAllIn, findIn, portOf } from './source';
import type { Source } from './source';

/** Names that begin the variables of a database, and the scheme of its addresses. */
const databases: readonly (readonly [RegExp, string])[] = [
  [/^(?:PG|POSTGRES|POSTGRESQL|TIMESCALE)/, 'postgres'],
  [/^(?:MYSQL|MARIADB)/, 'mysql'],
  [/^MONGO/, 'mongodb'],
  [/^(?:REDIS|CACHE|CELERY|QUEUE)/, 'redis'],
  [/^(?:RABBIT|AMQP)/, 'amqp'],
  [/^NATS/, 'nats'],
  [/^(?:MSSQL|SQLSERVER)/, 'mssql'],
];

const usualPort = (prefix: string): number | undefined =>
  serverOfScheme(databases.find(([pattern]) => pattern.test(prefix))?.[1] ?? '')?.port;

const local = /^(?:localhost|127\.0\.0\.1|::1|host\.docker\.internal)$/;

/** Returns the addresses in parts of one text. */
export const asksInParts = (source: Source): readonly Ask[] =>
  nameOf(source.file).startsWith('.env') ? inEnv(source) : inCode(source);

const variables = /^(?:export[ \t]+)?([A-Z][A-Z0-9_]*?)_?(HOST|HOSTNAME|SERVER|PORT)[ \t]*=[ \t]*["']?([^"'\s#]*)/gm;

/** `DB_HOST=localhost` with `DB_PORT=5432`, or `PGPORT=5432` alone. */
function inEnv(source: Source): readonly Ask[] {
  // Laravel's example names a server that SQLite does not need.
  const unused = findIn(source, /^DB_CONNECTION=sqlite/m) === undefined ? [] : ['DB'];
  const found = findAllIn(source, variables).map(({ where, groups: [prefix = '', what = '', value = ''] }) => ({
    prefix,
    what,
    value,
    where,
  }));
  const prefixes = [...new Set(found.map(({ prefix }) => prefix))].filter((prefix) => !unused.includes(prefix));
  return prefixes.flatMap((prefix): Ask[] => {
    const of = (isPort: boolean) => found.find((each) => each.prefix === prefix && (each.what === 'PORT') === isPort);
    const [host, port] = [of(false), of(true)];
    const usual = usualPort(prefix);
    if (host === undefined ? usual === undefined : !local.test(host.value)) return [];
    const number = portOf(port?.value) ?? (host === undefined ? undefined : usual);
    const where = port?.where ?? host?.where;
    return number === undefined || where === undefined ? [] : [{ port: number, where, what: 'url' }];
  });
}

const hostAndPort = /["'`=@(](?:localhost|127\.0\.0\.1):(\d{4,5})\b/g;
const hostOption = /\bhost(?:name)?["']?\s{0,3}[:=]\s{0,3}[^\n;{}]{0,80}?["']?(?:localhost|127\.0\.0\.1)\b/gi;
const dotnet = /\b(?:Server|Data Source|Host)=(?:localhost|127\.0\.0\.1|\.)(?:,(\d{4,5}))?;(?:Port=(\d{4,5});)?/gi;
/** Clients that connect to this machine when they are given no address. */
const bare: readonly (readonly [RegExp, number])[] = [
  [/\bredis\.(?:Strict)?Redis\(\s*(?:decode_responses\s*=\s*\w+\s*)?\)|\bnew (?:IORedis|Redis)\(\s*\)/g, 6379],
  [/\b(?:pymongo\.)?MongoClient\(\s*\)/g, 27_017],
];

/** Half the characters around a host in which its port may stand. */
const near = 160;

function inCode(source: Source): readonly Ask[] {
  const { text } = source;
  const asks: Ask[] = findAllIn(source, hostAndPort).flatMap(({ where, groups }) => asAsk(portOf(groups[0]), where));
  for (const { where, index, length } of findAllIn(source, hostOption)) {
    const around = text.slice(Math.max(0, index - near), index + length + near);
    const port = /\bport["']?\s{0,3}[:=][^\n;{}]{0,80}?(\d{4,5})\b/i.exec(around)?.[1];
    asks.push(...asAsk(portOf(port), where));
  }
  for (const { where, groups } of findAllIn(source, dotnet)) {
    const number = portOf(groups.find((group) => group !== ''));
    const usual = /npgsql|postgres/i.test(text) ? 5432 : /mysql/i.test(text) ? 3306 : undefined;
    asks.push(...asAsk(number ?? usual, where));
  }
  for (const [pattern, port] of bare) asks.push(...findAllIn(source, pattern).flatMap(({ where }) => asAsk(port, where)));
  return asks;
}

const asAsk = (port: number | undefined, where: string): readonly Ask[] =>
  port === undefined ? [] : [{ port, where, what: 'url' }];
