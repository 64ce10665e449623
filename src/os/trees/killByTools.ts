/** Ends a tree with the tree-kill package: on Windows always, elsewhere where no process table can be read. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import treeKill from 'tree-kill';
import type { Clock, KillOutcome } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import type { ProcessIdentity } from '../../core/model/process';
import type { SystemProcessTable } from '../processTable/index';
import { send } from './send';
import { keyOf } from './snapshot';
import type { Members } from './parts';
import { vanished } from './vanished';

/** taskkill leaves a process that started meanwhile to the next round. */
const maxRounds = 3;
/** How long the killed processes may take to vanish. */
const vanishTimeoutMs = 2000;

/**
 * tree-kill only sends signals and loses re-parented processes, so every remembered process is a root of its own, and their
 * end is awaited here.
 */
export async function killByTools(members: Members, table: SystemProcessTable, clock: Clock): Promise<KillOutcome> {
  const hit = new Map<string, ProcessIdentity>();
  let why = t('It does not end.');
  for (let round = 0; round < maxRounds; round++) {
    const look = await members.look();
    const known = look.kind === 'known' ? look.value.members : members.remembered();
    const living = known.filter((each) => table.isAlive(each));
    if (living.length === 0) break;
    for (const each of living) {
      hit.set(keyOf(each), each);
      // Its ancestors may have taken it along.
      if (table.isAlive(each)) why = (await endWithDescendants(each, table)) ?? why;
    }
    await vanished(living, vanishTimeoutMs, table, clock);
  }
  const killed = [...hit.values()].filter((each) => !table.isAlive(each)).map(({ pid }) => pid);
  const left = [...hit.values()].filter((each) => table.isAlive(each)).map(({ pid }) => pid);
  return left.length === 0 ? { killed, left } : { killed, left, why };
}

/** What went wrong, if anything did. */
function endWithDescendants(target: ProcessIdentity, table: SystemProcessTable): Promise<string | undefined> {
  if (target.pid <= 1 || target.pid === process.pid) return Promise.resolve(undefined);
  const tool = process.platform === 'darwin' ? 'pgrep' : 'ps';
  // Without its tool tree-kill raises an exception that cannot be caught.
  if (process.platform !== 'win32' && !isOnPath(tool)) {
    return Promise.resolve(send(target, 'SIGKILL', table) === 'refused' ? t('It belongs to another user.') : undefined);
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
