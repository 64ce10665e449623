/** Kills a process tree whose grace period is over. */
import type { KillOutcome } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import { processKey } from '../../core/model/process';
import type { ProcessIdentity, ProcessRow } from '../../core/model/process';
import type { SystemProcessTable } from '../processTable/index';
import { killByIdentity } from './killByIdentity';
import { killByTools } from './killByTools';
import type { Members, TreeParts } from './parts';
import { send, sendToGroup } from './send';
import { stillLives } from './stillLives';
import { vanished } from './vanished';

/** Limit of all rounds together. */
const killTimeoutMs = 5000;
/** How long the killed processes may take to vanish before the next round. */
const vanishTimeoutMs = 200;
/** Each generation of children that starts meanwhile costs one round of SIGSTOP. */
const maxGenerations = 20;

export async function killTree(members: Members, { processTable, clock }: TreeParts): Promise<KillOutcome> {
  if (processTable.end !== undefined) return killByIdentity(members, processTable, clock);
  const until = clock.elapsed() + killTimeoutMs;
  const hit = new Map<string, ProcessIdentity>();
  const refused = new Map<string, ProcessIdentity>();
  while (clock.elapsed() < until) {
    const frozen = await freeze(members, processTable);
    if (frozen === undefined) return killByTools(members, processTable, clock);
    const targets = frozen.filter((row) => !refused.has(processKey(row)));
    if (targets.length === 0) break;
    for (const target of targets) {
      const into = send(target, 'SIGKILL', processTable) === 'refused' ? refused : hit;
      into.set(processKey(target), target);
    }
    await vanished(targets, vanishTimeoutMs, processTable, clock);
  }
  return outcomeOf(hit, refused, processTable);
}

/**
 * Stops all members (SIGSTOP) until a look finds no new one: a stopped process cannot fork, so the last look is complete, and no
 * child can start and be re-parented while its parents die. Returns undefined when the process table cannot be read.
 */
async function freeze(members: Members, table: SystemProcessTable): Promise<readonly ProcessRow[] | undefined> {
  const stopped = new Set<string>();
  for (let generation = 0; ; generation++) {
    const look = await members.look();
    if (look.kind === 'unavailable') return undefined;
    const fresh = look.value.members.filter((row) => !stopped.has(processKey(row)));
    // One more look after the first signal to the groups, even when no member was seen.
    if ((fresh.length === 0 && generation > 0) || generation === maxGenerations) return look.value.members;
    // The system stops a group in one step, including members that no look has caught.
    for (const group of look.value.groups) sendToGroup(group, 'SIGSTOP');
    for (const row of fresh) {
      if (row.pgid === undefined || !look.value.groups.has(row.pgid)) send(row, 'SIGSTOP', table);
      stopped.add(processKey(row));
    }
  }
}

async function outcomeOf(
  hit: ReadonlyMap<string, ProcessIdentity>,
  refused: ReadonlyMap<string, ProcessIdentity>,
  table: SystemProcessTable,
): Promise<KillOutcome> {
  const survivors = await living([...hit.values()], table);
  const forbidden = await living([...refused.values()], table);
  const killed = [...hit.values()].filter((each) => !survivors.includes(each)).map(({ pid }) => pid);
  const left = [...survivors, ...forbidden].map(({ pid }) => pid);
  if (left.length === 0) return { killed, left };
  const why =
    forbidden.length > 0 ? t('It belongs to another user.') : t('It does not react to SIGKILL; it may hang in the kernel.');
  return { killed, left, why };
}

/** A pid that exists may be that of a zombie, whose parent has not read its exit code. */
async function living(processes: readonly ProcessIdentity[], table: SystemProcessTable): Promise<readonly ProcessIdentity[]> {
  const seen = processes.filter((each) => table.isAlive(each));
  const lives = await Promise.all(seen.map((each) => stillLives(each, table)));
  return seen.filter((_, index) => lives[index]);
}
