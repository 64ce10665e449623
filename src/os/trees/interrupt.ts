/** Asks a service to end, as a terminal does on Ctrl+C. */
import type { ProcessTree } from '../../app/ports';
import type { StopSignal } from '../../core/model/service';
import { processKey } from '../../core/model/process';
import type { ProcessRow } from '../../core/model/process';
import type { SystemProcessTable } from '../processTable/index';
import { send, sendToGroup } from './send';
import type { Look, Members } from './parts';

type Asked = Awaited<ReturnType<ProcessTree['interrupt']>>;

/**
 * Signals the leader's group and the terminal's foreground group; when the leader is gone, all remaining members.
 * The look before it also remembers all members before the first of them can vanish.
 */
export async function interruptTree(members: Members, table: SystemProcessTable, signal: StopSignal): Promise<Asked> {
  // Node's kill terminates on Windows, whatever the signal: there Ctrl+C is typed into the terminal instead.
  if (table.end !== undefined) return 'impossible';
  await sendAsTerminal(members, table, signal);
  return 'asked';
}

async function sendAsTerminal(members: Members, table: SystemProcessTable, signal: StopSignal): Promise<void> {
  const look = await members.look();
  const leader = members.root.process;
  if (look.kind === 'unavailable') {
    const present = await table.identify(leader.pid);
    if (present.kind === 'unavailable' || present.value?.born !== leader.born) return;
    // A task's process leads a group of its own, since it leads the session of its terminal.
    if (sendToGroup(leader.pid, signal) === 'gone') send(leader, signal, table);
    return;
  }
  const row = look.value.members.find((each) => processKey(each) === processKey(leader));
  const foreground = row === undefined ? undefined : await table.foregroundGroup(leader.pid);
  const groups = [row?.pgid, foreground].filter((group) => group !== undefined);
  const targets = row === undefined ? look.value.members : [];
  for (const group of new Set(groups)) signalGroup(group, signal, look.value, table);
  for (const target of targets) send(target, signal, table);
  wake(look.value.members, table);
}

/** Signals the whole group in one call where all of it is ours, so that no process sees a sibling die first; otherwise only our own in it. */
function signalGroup(group: number, signal: StopSignal, look: Look, table: SystemProcessTable): void {
  if (look.groups.has(group)) sendToGroup(group, signal);
  else for (const member of look.members) if (member.pgid === group) send(member, signal, table);
}

/** A process that was stopped (SIGSTOP, Ctrl+Z) gets no other signal before it goes on. */
function wake(members: readonly ProcessRow[], table: SystemProcessTable): void {
  for (const member of members) if (member.state === 'stopped') send(member, 'SIGCONT', table);
}
