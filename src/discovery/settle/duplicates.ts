/** Merges a service that several detectors found into one candidate with all evidence. */
import type { Candidate, Starts } from '../candidate';
import { isWithin } from '../read/paths';

export interface Merged {
  readonly kept: readonly Candidate[];
  /** Maps each found candidate to the one that replaces it, usually itself with more evidence. */
  readonly standIns: ReadonlyMap<Candidate, Candidate>;
}

const trust = { code: 0, declared: 1, container: 2 };

export function mergeDuplicates(candidates: readonly Candidate[]): Merged {
  const kept: Candidate[] = [];
  const sameAs = new Map<Candidate, Candidate>();
  for (const candidate of [...candidates].sort((a, b) => trust[a.source] - trust[b.source])) {
    const same = kept.find((other) => isSame(other, candidate, kept));
    if (same === undefined) kept.push(candidate);
    sameAs.set(candidate, same ?? candidate);
  }
  const merged = new Map(kept.map((candidate) => [candidate, withEvidence(candidate, sameAs)]));
  const standIns = new Map([...sameAs].map(([from, to]) => [from, merged.get(to) ?? to]));
  return { kept: [...merged.values()], standIns };
}

/** Adds the evidence of the merged candidates. */
function withEvidence(candidate: Candidate, sameAs: ReadonlyMap<Candidate, Candidate>): Candidate {
  const others = [...sameAs].filter(([from, to]) => to === candidate && from !== candidate).map(([from]) => from);
  const env = Object.assign(
    {},
    ...others.filter(({ isOfPlatform }) => isOfPlatform !== true).map(({ more }) => withoutPort(more?.env)),
    candidate.more?.env,
  ) as Record<string, string>;
  return {
    ...candidate,
    ...(Object.keys(env).length === 0 ? {} : { more: { ...candidate.more, env } }),
    evidence: [...candidate.evidence, ...others.flatMap(({ evidence }) => evidence.slice(0, 1))],
  };
}

/** The command of the service has its own port. */
const withoutPort = (env: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(env).filter(([name, value]) => !name.endsWith('PORT') && !value.includes('${port}')));

function isSame(known: Candidate, other: Candidate, all: readonly Candidate[]): boolean {
  switch (other.source) {
    case 'code':
      return known.kind === other.kind && known.cwd === other.cwd && known.port?.number === other.port?.number;
    case 'declared':
      return (
        starts(known, other, all) || isDeclaredTwice(known, other) || isPlatforms(known, other, all) || isTargets(known, other)
      );
    case 'container':
      return false;
  }
}

function starts(known: Candidate, { starts: started, port, role }: Candidate, all: readonly Candidate[]): boolean {
  if (known.source !== 'code' || started === undefined) return false;
  if ('script' in started) return known.cwd === started.cwd && (known.scripts?.includes(started.script) ?? false);
  if (!started.kinds.test(known.kind) || (known.role === 'worker') !== (role === 'worker')) return false;
  if (known.cwd === started.cwd || known.port?.number === port?.number) return true;
  // `uvicorn backend.main:app`, run above the folder of the code.
  const isOnlyOne = all.filter((candidate) => candidate.source === 'code' && started.kinds.test(candidate.kind)).length === 1;
  return isOnlyOne && isWithin(known.cwd, started.cwd);
}

/** What a platform starts as "web" is a server of the code in that folder or below, whatever program serves it there. */
const isPlatforms = (known: Candidate, other: Candidate, all: readonly Candidate[]): boolean => {
  if (other.isOfPlatform !== true || known.source !== 'code') return false;
  const servers = all.filter(
    ({ source, role, cwd }) => source === 'code' && (role === 'backend' || role === 'frontend') && isWithin(cwd, other.cwd),
  );
  return known === (servers.find(({ role }) => role === 'backend') ?? servers[0]);
};

/** A target starts what was found in any folder, often through a wrapper or from a folder above. */
const isTargets = (known: Candidate, { isTarget, starts: started, port }: Candidate): boolean => {
  if (isTarget !== true || started === undefined) return false;
  if (known.port !== undefined && known.port.number === port?.number) return true;
  return 'script' in started ? known.scripts?.includes(started.script) === true : started.kinds.test(known.kind);
};

/** Procfile.dev and tasks.json may contain the same service. */
const isDeclaredTwice = (known: Candidate, other: Candidate): boolean =>
  known.source === 'declared' &&
  known.file !== other.file &&
  known.cwd === other.cwd &&
  (known.command === other.command || isSameStart(known.starts, other.starts));

const isSameStart = (a: Starts | undefined, b: Starts | undefined): boolean =>
  a !== undefined && b !== undefined && 'script' in a && 'script' in b && a.script === b.script;
