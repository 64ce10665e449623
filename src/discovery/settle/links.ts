/** Finds dependencies: those declared in Compose and similar files, and those on services whose port the code refers to. */
import type { Ask, Candidate } from '../candidate';
import { isWithin } from '../read/paths';
import type { Merged } from './duplicates';

type Condition = 'started' | 'healthy' | 'completed';

export interface Links {
  /** In the order in which they were found. */
  readonly needs: ReadonlyMap<string, Condition>;
  readonly evidence: readonly string[];
}

/** `standIns` maps every found candidate to the named one that replaces it. */
export function linkAll(names: ReadonlyMap<Candidate, string>, standIns: Merged['standIns']): ReadonlyMap<Candidate, Links> {
  const graph = new Map<string, Map<string, Condition>>();
  const evidence = new Map<string, string[]>();
  const link = (from: string, to: string, { condition, why }: { condition: Condition; why: string | undefined }): void => {
    const own = graph.get(from) ?? new Map<string, Condition>();
    graph.set(from, own);
    const known = own.get(to);
    if (from === to || (known !== undefined && known !== 'started')) return;
    // A circle could never start. The dependency that was found first stays.
    if (known === undefined && reaches(to, from, graph)) return;
    own.set(to, condition);
    if (why !== undefined) evidence.set(from, [...(evidence.get(from) ?? []), why]);
  };
  const declared = byFileAndName(standIns);
  for (const [candidate, name] of names) {
    for (const [needed, condition] of writtenNeeds(candidate, standIns, declared)) {
      const to = names.get(needed);
      if (to !== undefined) link(name, to, { condition, why: undefined });
    }
  }
  for (const [candidate, name] of names) {
    const asks = byPort(candidate.asks ?? []);
    for (const [other, to] of names) {
      const ask = mayAsk(candidate, other) ? askFor(candidate, other, asks) : undefined;
      if (ask !== undefined) link(name, to, { condition: 'healthy', why: `asks ${to} on port ${ask.port} in ${ask.where}` });
    }
  }
  return new Map(
    [...names].map(([candidate, name]) => [
      candidate,
      { needs: graph.get(name) ?? new Map(), evidence: evidence.get(name) ?? [] },
    ]),
  );
}

/** Whether a service needs another, directly or not. */
function reaches(from: string, wanted: string, graph: ReadonlyMap<string, ReadonlyMap<string, Condition>>): boolean {
  const seen = new Set([from]);
  // A set is visited in the order of insertion, with what is added meanwhile.
  for (const name of seen) {
    const needed = graph.get(name);
    if (needed?.has(wanted) === true) return true;
    for (const next of needed?.keys() ?? []) seen.add(next);
  }
  return false;
}

/** Returns the declared dependencies of all candidates that this one replaces. */
function writtenNeeds(
  candidate: Candidate,
  standIns: Merged['standIns'],
  declared: ReadonlyMap<string, Candidate>,
): readonly (readonly [Candidate, Condition])[] {
  const found = [...standIns].filter(([, to]) => to === candidate).map(([from]) => from);
  return found.flatMap(({ needs, file = '' }) =>
    [...(needs ?? [])].flatMap(([name, condition]) => {
      const to = declared.get(`${file} ${name}`);
      return to === undefined ? [] : [[to, condition] as const];
    }),
  );
}

const byFileAndName = (standIns: Merged['standIns']): ReadonlyMap<string, Candidate> =>
  new Map([...standIns].flatMap(([{ file, name }, to]) => (file === undefined ? [] : [[`${file} ${name}`, to] as const])));

const rendersOnServer = /^(?:next|nuxt|sveltekit|remix|react-router|astro|streamlit|gradio|dotnet .*)$/;

const reach = { frontend: 3, backend: 2, worker: 2, other: 1, database: 0 };

/** A backend names its frontend to allow its requests, not to call it. */
const mayAsk = (from: Candidate, to: Candidate): boolean =>
  from !== to &&
  from.source !== 'container' &&
  // An env file beside a frontend may be that of its backend: a page in a browser reaches no database.
  (from.role !== 'frontend' || to.role !== 'database' || rendersOnServer.test(from.kind)) &&
  (reach[from.role] > reach[to.role] || (from.role !== 'frontend' && to.role === 'backend' && reach[from.role] === 2));

function byPort(asks: readonly Ask[]): ReadonlyMap<number, readonly Ask[]> {
  const found = new Map<number, Ask[]>();
  for (const ask of asks) {
    const group = found.get(ask.port) ?? [];
    found.set(ask.port, group);
    group.push(ask);
  }
  return found;
}

/** A proxy is more reliable than an address elsewhere. */
function askFor({ cwd }: Candidate, to: Candidate, asks: ReadonlyMap<number, readonly Ask[]>): Ask | undefined {
  const asked = (asks.get(to.port?.number ?? 0) ?? []).filter(({ where }) => !isOwn(where, to, cwd));
  return asked.find(({ what }) => what === 'proxy') ?? asked[0];
}

/** Code of the other service refers to itself. Either may be below the folder of the other. */
const isOwn = (where: string, to: Candidate, cwd: string): boolean =>
  to.source === 'code' &&
  to.cwd !== cwd &&
  to.cwd !== '' &&
  where.startsWith(`${to.cwd}/`) &&
  !(isWithin(cwd, to.cwd) && where.startsWith(`${cwd}/`));
