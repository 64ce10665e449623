/** Ends a tree with the tree-kill package, where no process table can be read. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import treeKill from 'tree-kill';
import type { Clock, KillOutcome } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import type { ProcessIdentity } from '../../core/model/process';
import { processKey, unverified } from '../../core/model/process';
import type { SystemProcessTable } from '../processTable/index';
import { kill } from './send';
import type { Members } from './parts';
import { vanished } from './vanished';

/** A process that started meanwhile is left to the next round. */
const maxRounds = 3;
/** How long the killed processes may take to vanish. */
const vanishTimeoutMs = 2000;

/**
 * tree-kill only sends signals and loses re-parented processes, so every remembered process is a root of its own, and their
 * end is awaited here.
 */
export async function killByTools(members: Members, table: SystemProcessTable, clock: Clock): Promise<KillOutcome> {
  const hit = new Map<string, ProcessIdentity>();
  const unproven = new Map<string, ProcessIdentity>();
  let why = t('It does not end.');
  for (let round = 0; round < maxRounds; round++) {
    const look = await members.look();
    const known = look.kind === 'known' ? look.value.members : members.remembered();
    const targets: ProcessIdentity[] = [];
    for (const each of known.filter((member) => table.isAlive(member))) {
      const proof = await proveIdentity(each, table);
      if (proof.kind === 'same') targets.push(each);
      if (proof.kind !== 'unknown') continue;
      unproven.set(processKey(each), each);
      why = t('Its start time cannot be read, so it is not ended: {0}', proof.why);
    }
    if (targets.length === 0) break;
    for (const each of targets) {
      hit.set(processKey(each), each);
      // Its ancestors may have taken it along.
      if (table.isAlive(each)) why = (await endWithDescendants(each)) ?? why;
    }
    await vanished(targets, vanishTimeoutMs, table, clock);
  }
  const killed = [...hit.values()].filter((each) => !table.isAlive(each)).map(({ pid }) => pid);
  const left = [...hit.values(), ...unproven.values()].filter((each) => table.isAlive(each)).map(({ pid }) => pid);
  return left.length === 0 ? { killed, left } : { killed, left, why };
}

type Proof = { readonly kind: 'same' } | { readonly kind: 'other' } | { readonly kind: 'unknown'; readonly why: string };

/**
 * Where only the existence of a pid is cheap to see, the start time is read before anything is ended: the pid of a note may be another
 * process's after a reboot. Without proof nothing is ended.
 */
async function proveIdentity({ pid, born }: ProcessIdentity, table: SystemProcessTable): Promise<Proof> {
  if (pid <= 1 || pid === process.pid) return { kind: 'other' };
  if (born === unverified) return { kind: 'unknown', why: t('it could not be read when it was started') };
  const present = await table.identify(pid);
  if (present.kind === 'unavailable') return { kind: 'unknown', why: present.why };
  return { kind: present.value?.born === born ? 'same' : 'other' };
}

/** Returns why the process could not be ended, or undefined. */
function endWithDescendants(target: ProcessIdentity): Promise<string | undefined> {
  const tool = process.platform === 'darwin' ? 'pgrep' : 'ps';
  // Without its tool tree-kill raises an exception that cannot be caught.
  if (!isOnPath(tool)) {
    return Promise.resolve(kill(target.pid, 'SIGKILL') === 'refused' ? t('It belongs to another user.') : undefined);
  }
  return new Promise((resolve) => treeKill(target.pid, 'SIGKILL', (error) => resolve(error?.message)));
}

function isOnPath(tool: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
