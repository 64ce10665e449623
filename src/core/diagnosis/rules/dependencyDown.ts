/** Something that it needs does not answer: a database, or another service of the workspace. */
import { project } from '../../project';
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
    return counts && isClosed(facts, port) ? [{ port, host, evidence: `${file}: ${name} leads to ${withoutUser(url)}` }] : [];
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
  const neighbour = neighbourAt(facts, port);
  if (neighbour !== undefined) return neighbourDown(facts, neighbour, [evidence, `Nothing listens on port ${port}.`]);
  const name = wellKnown[port];
  return {
    severity: 'error',
    title: `${key} needs ${name ?? 'what should listen'} on ${host === '' ? 'this machine' : host}:${port}, and nothing listens there.`,
    detail: `Start ${name ?? 'it'}${name === undefined ? '' : ' (for example docker compose up -d)'}, or correct its address.`,
    evidence: [evidence, `Nothing listens on port ${port}.`],
    actions: [startService(id, key), showTerminal(id)],
  };
}

function neighbourDown(facts: Facts, neighbour: Neighbour, evidence: readonly string[]): Verdict {
  const { id, key } = neighbour.spec;
  const { lifecycle, reason } = project(neighbour);
  const isDead = lifecycle === 'stopped' || lifecycle === 'failed' || lifecycle === 'exited' || lifecycle === 'backingOff';
  return {
    severity: isTroubled(facts) || lifecycle === 'failed' ? 'error' : 'warning',
    title: `${facts.spec.key} cannot reach ${key}, which ${isDead ? 'is not running' : 'does not answer'}.`,
    detail:
      reason ??
      `${key} is ${words[lifecycle] ?? lifecycle}. Start it; what ${facts.spec.key} says of it is only the consequence.`,
    evidence,
    actions: [...(isDead ? [startService(id, key)] : []), diagnoseService(id, key), showTerminal(id)],
  };
}

const words: Readonly<Partial<Record<string, string>>> = {
  backingOff: 'waiting for its next try',
  external: 'run by somebody else',
};

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
  return neighbourDown(facts, dead, [`${facts.spec.key} depends on ${dead.spec.key}.`]);
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
