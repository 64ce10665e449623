/** Something that it needs does not answer: a database, or another service of the workspace. */
import { t } from '../../wording/l10n';
import { toSnapshot } from '../../snapshot/toSnapshot';
import type { SnapshotLifecycle } from '../../snapshot/snapshot';
import { diagnoseService, showTerminal, startService } from '../actions';
import { failureOf, isTroubled } from '../ask';
import type { Facts, Neighbour } from '../facts';
import { linesOf, quoted, told } from '../output';
import { references } from '../references';
import type { Rule, Verdict } from '../rule';

export const dependencyDown: Rule = {
  code: 'dependency-down',
  explains: ['crashed', 'crash-loop', 'reloader-alone', 'bad-status', 'not-listening', 'not-running', 'hung'],
  find(facts) {
    const waiting = refusedStart(facts);
    if (waiting !== undefined) return [waiting];
    const down = new Map([...written(facts), ...said(facts)].map((each) => [each.port, each]));
    return [...down.values()].map((each) => verdict(facts, each));
  },
};

interface Down {
  readonly port: number;
  readonly host: string;
  readonly evidence: string;
}

/** What its output complained of, as long as nobody listens there now. */
const said = (facts: Facts): readonly Down[] =>
  told(linesOf(facts), 'database', 'refused').flatMap(({ groups, line }) => {
    const port = Number(groups['port']);
    return isClosed(facts, port) && isRelevant(facts, port) ? [{ port, host: groups['host'] ?? '', evidence: quoted(line) }] : [];
  });

/** Files name the port of another service that is down; a database only counts when the service is in trouble. */
const written = (facts: Facts): readonly Down[] =>
  references(facts).flatMap(({ kind, port, host, file, url, name }) => {
    const counts = kind === 'database' ? isTroubled(facts) : neighbourAt(facts, port) !== undefined;
    return counts && isClosed(facts, port)
      ? [{ port, host, evidence: t('{0}: {1} leads to {2}', file, name, withoutUser(url)) }]
      : [];
  });

const withoutUser = (url: string): string => url.replace(/\/\/[^@\s/]*@/, '//');

const isClosed = (facts: Facts, port: number): boolean => {
  const open = facts.ports.get(port)?.isOpen;
  return port !== facts.spec.port && open?.kind === 'known' && !open.value;
};

/** A healthy service may have complained long ago of what nobody needs any more. */
const isRelevant = (facts: Facts, port: number): boolean => isTroubled(facts) || neighbourAt(facts, port) !== undefined;

const neighbourAt = (facts: Facts, port: number): Neighbour | undefined => facts.others.find(({ spec }) => spec.port === port);

function verdict(facts: Facts, { port, host, evidence }: Down): Verdict {
  const { key, id } = facts.spec;
  const seen = [evidence, t('Nothing listens on port {0}.', port)];
  const neighbour = neighbourAt(facts, port);
  if (neighbour !== undefined) return neighbourDown(facts, neighbour, seen);
  const name = wellKnown[port];
  return {
    severity: 'error',
    title: needs(key, name, host, port),
    detail:
      name === undefined
        ? t('Start it, or correct its address.')
        : t('Start {0} (for example docker compose up -d), or correct its address.', name),
    evidence: seen,
    actions: [startService(id, key), showTerminal(id)],
  };
}

function needs(key: string, name: string | undefined, host: string, port: number): string {
  if (host === '') {
    return name === undefined
      ? t('{0} needs what should listen on this machine:{1}, and nothing listens there.', key, port)
      : t('{0} needs {1} on this machine:{2}, and nothing listens there.', key, name, port);
  }
  return name === undefined
    ? t('{0} needs what should listen on {1}:{2}, and nothing listens there.', key, host, port)
    : t('{0} needs {1} on {2}:{3}, and nothing listens there.', key, name, host, port);
}

function neighbourDown(facts: Facts, neighbour: Neighbour, evidence: readonly string[]): Verdict {
  const { id, key } = neighbour.spec;
  const { lifecycle, reason } = toSnapshot(neighbour);
  const isDead = lifecycle === 'stopped' || lifecycle === 'failed' || lifecycle === 'exited' || lifecycle === 'backingOff';
  return {
    severity: isTroubled(facts) || lifecycle === 'failed' ? 'error' : 'warning',
    title: isDead
      ? t('{0} cannot reach {1}, which is not running.', facts.spec.key, key)
      : t('{0} cannot reach {1}, which does not answer.', facts.spec.key, key),
    detail: reason ?? `${isIn(lifecycle, key)} ${t('Start it; what {0} says of it is only the consequence.', facts.spec.key)}`,
    evidence,
    actions: [...(isDead ? [startService(id, key)] : []), diagnoseService(id, key), showTerminal(id)],
  };
}

function isIn(lifecycle: SnapshotLifecycle, key: string): string {
  switch (lifecycle) {
    case 'stopped':
      return t('{0} is stopped.', key);
    case 'queued':
      return t('{0} is queued.', key);
    case 'starting':
      return t('{0} is starting.', key);
    case 'running':
      return t('{0} is running.', key);
    case 'stopping':
      return t('{0} is stopping.', key);
    case 'backingOff':
      return t('{0} is waiting for its next try.', key);
    case 'exited':
      return t('{0} is exited.', key);
    case 'failed':
      return t('{0} is failed.', key);
    case 'external':
      return t('{0} is run by somebody else.', key);
  }
}

/** The order of starts already told it. */
function refusedStart(facts: Facts): Verdict | undefined {
  const failure = failureOf(facts);
  if (failure?.kind === 'dependency') {
    const neighbour = facts.others.find(({ spec }) => spec.id === failure.id);
    const evidence = [`${failure.id}: ${failure.detail}`];
    if (neighbour !== undefined) return neighbourDown(facts, neighbour, evidence);
  }
  const { dependsOn } = facts.spec;
  if (!isTroubled(facts)) return undefined;
  const dead = facts.others.find(({ spec, state }) => {
    const { kind } = state.lifecycle;
    const isDown = kind === 'failed' || (kind === 'stopped' && spec.port !== undefined && isClosed(facts, spec.port));
    return isDown && dependsOn.some(({ id, condition }) => id === spec.id && condition !== 'completed');
  });
  // It fell by itself and does not complain of the other: then its own words come first.
  if (dead === undefined || failure?.kind === 'crashed') return undefined;
  return neighbourDown(facts, dead, [t('{0} depends on {1}.', facts.spec.key, dead.spec.key)]);
}

const wellKnown: Readonly<Record<number, string>> = {
  1433: 'SQL Server',
  3306: 'MySQL',
  5432: 'PostgreSQL',
  5672: 'RabbitMQ',
  6379: 'Redis',
  9092: 'Kafka',
  9200: 'Elasticsearch',
  11211: 'Memcached',
  27017: 'MongoDB',
};
