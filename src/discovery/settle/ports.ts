/** Gives every port to one service only. A default port gives way to a written one. */
import { defined } from '../../core/model/defined';
import type { Candidate } from '../candidate';

/** Returns the same candidates in the same order, with their final ports. */
export function settlePorts(candidates: readonly Candidate[]): readonly Candidate[] {
  const asked = candidates.map((candidate) => adoptAsked(candidate, candidates));
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

/** The only backend without a written port is the one that the proxy of the frontend refers to. */
function adoptAsked(candidate: Candidate, all: readonly Candidate[]): Candidate {
  if (candidate.role !== 'backend' || candidate.port?.from !== 'default') return candidate;
  const unset = all.filter(({ role, port }) => role === 'backend' && port?.from === 'default');
  if (unset.length !== 1) return candidate;
  const asks = all.filter(({ role }) => role === 'frontend').flatMap(({ asks: list = [] }) => list);
  if (asks.some(({ port }) => port === candidate.port?.number)) return candidate;
  const unknown = asks.filter(({ port, what }) => what === 'proxy' && !all.some((other) => other.port?.number === port));
  const ports = new Set(unknown.map(({ port }) => port));
  const [ask] = unknown;
  if (ask === undefined || ports.size !== 1) return candidate;
  const moved = moveTo(candidate, ask.port, `port ${ask.port} is where the proxy in ${ask.where} sends requests`);
  return moved.port === undefined ? candidate : { ...moved, port: { ...moved.port, from: 'written' } };
}
