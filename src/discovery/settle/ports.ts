/** Gives every port to one service only. A default port gives way to a written one. */
import { defined } from '../../core/model/defined';
import { usualServerName } from '../../core/model/knownServers';
import type { Ask, Candidate } from '../candidate';

/** Returns the same candidates in the same order, with their final ports. `forwarded` are the ports of a dev container. */
export function settlePorts(candidates: readonly Candidate[], forwarded: readonly Ask[] = []): readonly Candidate[] {
  const asked = candidates.map((candidate) => adoptForwarded(adoptAsked(candidate, candidates), { candidates, forwarded }));
  const taken = new Map<number, Candidate>();
  const settled = new Map<Candidate, Candidate>();
  // Written ports are assigned first. Among equals, the first candidate keeps the port.
  for (const from of ['written', 'default'] as const) {
    for (const candidate of asked.filter(({ port }) => port?.from === from)) {
      const placed = place(candidate, taken);
      if (placed.port !== undefined) taken.set(placed.port.number, placed);
      settled.set(candidate, placed);
    }
  }
  return asked.map((candidate) => settled.get(candidate) ?? candidate);
}

function place(candidate: Candidate, taken: ReadonlyMap<number, Candidate>): Candidate {
  const { port } = candidate;
  const other = port === undefined ? undefined : taken.get(port.number);
  if (port === undefined || other === undefined) return candidate;
  const free = nextFree(port.number, taken);
  const why = `port ${port.number} is also that of ${other.name === '' ? other.role : other.name}`;
  // A written port is intended: the user has to decide, so the port is left out instead of changed.
  return port.from === 'default' ? moveTo(candidate, free, `${why}, so ${free} is proposed`) : withoutPort(candidate, why);
}

function nextFree(port: number, taken: ReadonlyMap<number, Candidate>): number {
  let free = port + 1;
  while (taken.has(free)) free++;
  return free <= 65535 ? free : 1024;
}

/** Moves the candidate to another port, when its command or its environment allows it. */
function moveTo(candidate: Candidate, number: number, why: string): Candidate {
  const { port, more } = candidate;
  const evidence = [...candidate.evidence, why];
  if (port?.move !== undefined) return { ...candidate, command: port.move, port: { ...port, number }, evidence };
  if (port?.variable === undefined) return withoutPort(candidate, why);
  return {
    ...candidate,
    port: { ...port, number },
    more: { ...more, env: { ...more?.env, [port.variable]: String(number) } },
    evidence,
  };
}

/** Without a port there is no server to request a path from. */
function withoutPort({ port: _, health, openPath: __, ...candidate }: Candidate, why: string): Candidate {
  return {
    ...candidate,
    ...defined({ health: typeof health === 'object' ? health : undefined }),
    evidence: [...candidate.evidence, `${why}, so none is proposed`],
  };
}

/** The only backend without a written port is the one that the frontends refer to. */
function adoptAsked(candidate: Candidate, all: readonly Candidate[]): Candidate {
  if (!isUnset(candidate) || all.filter(isUnset).length !== 1) return candidate;
  const asks = all.filter(({ role }) => role === 'frontend').flatMap(({ asks: list = [] }) => list);
  if (asks.some(({ port }) => port === candidate.port?.number)) return candidate;
  const unknown = asks.filter(
    ({ port }) => usualServerName(port) === undefined && !all.some((other) => other.port?.number === port),
  );
  const proxied = unknown.filter(({ what }) => what === 'proxy');
  const likely = proxied.length > 0 ? proxied : unknown;
  const [ask] = likely;
  if (ask === undefined || new Set(likely.map(({ port }) => port)).size !== 1) return candidate;
  const why =
    ask.what === 'proxy'
      ? `port ${ask.port} is where the proxy in ${ask.where} sends requests`
      : `port ${ask.port} is where the address in ${ask.where} leads`;
  if (candidate.port === undefined) return withPort(candidate, ask.port, why);
  const moved = moveTo(candidate, ask.port, why);
  return moved.port === undefined ? candidate : { ...moved, port: { ...moved.port, from: 'written' } };
}

interface Container {
  readonly candidates: readonly Candidate[];
  readonly forwarded: readonly Ask[];
}

/** The only backend without any port has the only port of the dev container that nothing else has. */
function adoptForwarded(candidate: Candidate, { candidates, forwarded }: Container): Candidate {
  if (candidate.port !== undefined || !isUnset(candidate) || candidates.filter(isUnset).length !== 1) return candidate;
  const free = forwarded.filter(
    ({ port }) => usualServerName(port) === undefined && !candidates.some((other) => other.port?.number === port),
  );
  const [only, ...more] = free;
  if (only === undefined || more.length > 0) return candidate;
  return withPort(candidate, only.port, `port ${only.port} is forwarded in ${only.where}`);
}

const isUnset = ({ role, port, source }: Candidate): boolean =>
  role === 'backend' && source !== 'container' && port?.from !== 'written';

/** The code takes its port from a variable, or from where nothing was found. */
function withPort(candidate: Candidate, number: number, why: string): Candidate {
  const { portVariable, more, evidence } = candidate;
  const env = portVariable === undefined ? undefined : { ...more?.env, [portVariable]: String(number) };
  return {
    ...candidate,
    port: { number, from: 'written' },
    more: { ...more, ...defined({ env }) },
    evidence: [...evidence, why],
  };
}
