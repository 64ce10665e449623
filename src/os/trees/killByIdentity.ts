/** Ends a tree process by process, each by its pid and start time in one step: how it is done on Windows, which has no signals. */
import type { Clock, KillOutcome } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import { processKey } from '../../core/model/process';
import type { ProcessIdentity, ProcessRow } from '../../core/model/process';
import type { SystemProcessTable } from '../processTable/index';
import type { Members } from './parts';
import { vanished } from './vanished';

/** A process that started meanwhile is left to the next round. */
const maxRounds = 10;
/** Limit of all rounds together. */
const killTimeoutMs = 5000;
/** How long the ended processes may take to vanish before the next round. */
const vanishTimeoutMs = 2000;

/** Without a look at all processes nothing is ended. */
export async function killByIdentity(members: Members, table: SystemProcessTable, clock: Clock): Promise<KillOutcome> {
  const until = clock.elapsed() + killTimeoutMs;
  const hit = new Map<string, ProcessIdentity>();
  const refused = new Map<string, ProcessIdentity>();
  let why = t('It does not end.');
  for (let round = 0; round < maxRounds && clock.elapsed() < until; round++) {
    const look = await members.look();
    if (look.kind === 'unavailable')
      return outcomeOf(hit, new Map(members.remembered().map((each) => [processKey(each), each])), look.why, table);
    const targets = leavesFirst(look.value.members).filter((row) => !refused.has(processKey(row)) && row.pid !== process.pid);
    if (targets.length === 0) break;
    for (const target of targets) {
      const end = (await table.end?.(target)) ?? { kind: 'gone' };
      if (end.kind === 'ended') hit.set(processKey(target), target);
      if (end.kind !== 'refused') continue;
      refused.set(processKey(target), target);
      why = end.why;
    }
    await vanished(
      targets.filter((row) => hit.has(processKey(row))),
      vanishTimeoutMs,
      table,
      clock,
    );
  }
  return outcomeOf(hit, refused, why, table);
}

/** Children before their parents, so that none sees its child end and starts another one in its place. */
export function leavesFirst(rows: readonly ProcessRow[]): readonly ProcessRow[] {
  const depths = new Map<number, number>();
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  for (const row of rows) {
    const line = new Set<number>();
    for (let each: ProcessRow | undefined = row; each !== undefined && !line.has(each.pid); each = byPid.get(each.ppid))
      line.add(each.pid);
    depths.set(row.pid, line.size);
  }
  return rows.toSorted((one, other) => (depths.get(other.pid) ?? 0) - (depths.get(one.pid) ?? 0));
}

function outcomeOf(
  hit: ReadonlyMap<string, ProcessIdentity>,
  resisted: ReadonlyMap<string, ProcessIdentity>,
  why: string,
  table: SystemProcessTable,
): KillOutcome {
  // Looked at once: one may be gone at a second look.
  const alive = new Set([...hit.values(), ...resisted.values()].filter((each) => table.isAlive(each)).map(({ pid }) => pid));
  const killed = [...hit.values()].map(({ pid }) => pid).filter((pid) => !alive.has(pid));
  const left = [...alive];
  return left.length === 0 ? { killed, left } : { killed, left, why };
}
