/** A dependency is not listening: a database, or another service of the workspace. */
import { dependencyProblemWords } from '../../wording/dependencies';
import { t } from '../../wording/l10n';
import { usualServerName } from '../../model/knownServers';
import { toSnapshot } from '../../snapshot/toSnapshot';
import type { SnapshotLifecycle } from '../../snapshot/snapshot';
import { diagnoseService, runInTerminal, showTerminal, startService } from '../actions';
import type { FindingAction } from '../finding';
import { openAt } from '../openAt';
import { composePorts, isComposeFile } from '../../workspaceFiles/compose';
import { nameOf, parentOf } from '../../workspaceFiles/paths';
import { failureOf, isTroubled, place, value } from '../queries';
import type { Facts, Neighbour } from '../facts';
import { presentMatches, quoted } from '../output';
import { references } from '../references';
import { unreachedServer } from '../signatures/signatures';
import type { Rule, Verdict } from '../rule';

export const dependencyDown: Rule = {
  code: 'dependency-down',
  explains: ['crashed', 'crash-loop', 'reloader-alone', 'bad-status', 'not-listening', 'not-running', 'hung'],
  find(facts) {
    const waiting = refusedStart(facts);
    if (waiting !== undefined) return [waiting];
    const down = new Map([...referenced(facts), ...printed(facts)].map((each) => [each.port, each]));
    return [...down.values()].map((each) => verdict(facts, each));
  },
};

/** A port on which nothing is listening. */
interface Down {
  readonly port: number;
  readonly host: string;
  readonly evidence: string;
}

/** Ports that the output reports as unreachable, and on which nothing is listening now. */
const printed = (facts: Facts): readonly Down[] =>
  presentMatches(facts, 'database', 'refused').flatMap((match) => {
    const { host, port } = unreachedServer(match);
    return isClosed(facts, port) && isRelevant(facts, port)
      ? [{ port, host: host === '' ? 'localhost' : host, evidence: quoted(match.line) }]
      : [];
  });

/** Ports of other services in the files of this one. The address of a database counts only when the service itself is in trouble. */
const referenced = (facts: Facts): readonly Down[] =>
  references(facts).flatMap(({ kind, port, host, file, url, name }) => {
    const counts = kind === 'database' ? isTroubled(facts) : neighbourAt(facts, port) !== undefined;
    return counts && isClosed(facts, port)
      ? [{ port, host, evidence: t('{0}: {1} points to {2}', file, name, withoutUser(url)) }]
      : [];
  });

const withoutUser = (url: string): string => url.replace(/\/\/[^@\s/]*@/, '//');

const isClosed = (facts: Facts, port: number): boolean => {
  const open = facts.ports.get(port)?.isOpen;
  return port !== facts.spec.port && open?.kind === 'known' && !open.value;
};

/** The output of a healthy service may contain old errors about a server that it no longer needs. */
const isRelevant = (facts: Facts, port: number): boolean => isTroubled(facts) || neighbourAt(facts, port) !== undefined;

const neighbourAt = (facts: Facts, port: number): Neighbour | undefined => facts.others.find(({ spec }) => spec.port === port);

function verdict(facts: Facts, { port, host, evidence }: Down): Verdict {
  const { key, id } = facts.spec;
  const seen = [evidence, t('Nothing is listening on port {0}.', port)];
  const neighbour = neighbourAt(facts, port);
  if (neighbour !== undefined) return neighbourDown(facts, neighbour, seen);
  const name = usualServerName(port);
  const address = place({ address: host, port });
  return {
    severity: 'error',
    title:
      name === undefined
        ? t('{0} depends on {1}, but nothing is listening there.', key, address)
        : t('{0} depends on {1} at {2}, but nothing is listening there.', key, name, address),
    detail:
      name === undefined
        ? t('Start the server for this address, or correct the address.')
        : t('Start {0} (for example with docker compose up -d), or correct the address.', name),
    evidence: seen,
    actions: [...startServer(facts, port), ...openReference(facts, port), showTerminal(id)],
  };
}

/** Starts the server with the Compose file that publishes the port. The diagnosed service itself is no remedy: it would fail again. */
function startServer(facts: Facts, port: number): readonly FindingAction[] {
  for (const [file, text] of value(facts.files)?.texts ?? []) {
    if (!isComposeFile(nameOf(file))) continue;
    const found = composePorts(text).ports.find(({ published }) => published === port);
    if (found === undefined || !/^[\w.-]+$/.test(found.service)) continue;
    // Other names than Compose's own need an option.
    const option = /^(?:docker-)?compose\.ya?ml$/.test(nameOf(file)) ? '' : ` -f ${nameOf(file)}`;
    return [runInTerminal(`docker compose${option} up -d ${found.service}`, parentOf(file))];
  }
  return [];
}

/** Where the address is written, it can be corrected. */
const openReference = (facts: Facts, port: number): readonly FindingAction[] =>
  references(facts)
    .filter((each) => each.port === port)
    .slice(0, 1)
    .map(({ file, offset }) => openAt(file, value(facts.files)?.texts.get(file) ?? '', offset));

function neighbourDown(facts: Facts, neighbour: Neighbour, evidence: readonly string[]): Verdict {
  const { id, key } = neighbour.spec;
  const { lifecycle, reason } = toSnapshot(neighbour);
  const isDead = lifecycle === 'stopped' || lifecycle === 'failed' || lifecycle === 'exited' || lifecycle === 'backingOff';
  return {
    severity: isTroubled(facts) || lifecycle === 'failed' ? 'error' : 'warning',
    title: isDead
      ? t('{0} cannot reach {1}, which is not running.', facts.spec.key, key)
      : t('{0} cannot reach {1}, which does not respond.', facts.spec.key, key),
    detail:
      reason ?? (isDead ? `${stateOf(lifecycle, key)} ${t('Start it to fix {0}.', facts.spec.key)}` : stateOf(lifecycle, key)),
    evidence,
    actions: [...(isDead ? [startService(id, key)] : []), diagnoseService(id, key), showTerminal(id)],
  };
}

function stateOf(lifecycle: SnapshotLifecycle, key: string): string {
  switch (lifecycle) {
    case 'stopped':
      return t('{0} is stopped.', key);
    case 'queued':
      return t('{0} is waiting to start.', key);
    case 'starting':
      return t('{0} is starting.', key);
    case 'running':
      return t('{0} is running.', key);
    case 'stopping':
      return t('{0} is stopping.', key);
    case 'backingOff':
      return t('{0} is waiting for its next attempt.', key);
    case 'exited':
      return t('{0} has exited.', key);
    case 'failed':
      return t('{0} has failed.', key);
    case 'external':
      return t('{0} was started outside VS Code.', key);
  }
}

/** The service was not started, or failed, because a service in `dependsOn` is down. */
function refusedStart(facts: Facts): Verdict | undefined {
  const failure = failureOf(facts);
  if (failure?.kind === 'dependency') {
    const neighbour = facts.others.find(({ spec }) => spec.id === failure.id);
    const evidence = [`${failure.id}: ${dependencyProblemWords(failure.problem)}`];
    if (neighbour !== undefined) return neighbourDown(facts, neighbour, evidence);
  }
  const { dependsOn } = facts.spec;
  if (!isTroubled(facts)) return undefined;
  const dead = facts.others.find(({ spec, state }) => {
    const { kind } = state.lifecycle;
    const isDown = kind === 'failed' || (kind === 'stopped' && spec.port !== undefined && isClosed(facts, spec.port));
    return isDown && dependsOn.some(({ id, condition }) => id === spec.id && condition !== 'completed');
  });
  // It crashed, and its output does not name the other service: then its own error comes first.
  if (dead === undefined || failure?.kind === 'crashed') return undefined;
  return neighbourDown(facts, dead, [t('{0} depends on {1}.', facts.spec.key, dead.spec.key)]);
}
