/** Why something that accepts connections may not answer: stopped processes, servers that share the port, connections left unclosed. */
import type { HangEvidence } from '../../core/model/health';
import type { PortTable, ProcessTree } from '../ports';

/** What cannot be looked at counts as nothing seen. */
export async function inspectHang(
  port: number | undefined,
  tree: ProcessTree | undefined,
  ports: PortTable,
): Promise<HangEvidence> {
  const members = await tree?.members();
  const rows = members?.kind === 'known' ? members.value : [];
  const stoppedPids = rows.filter(({ state }) => state === 'stopped').map(({ pid }) => pid);
  if (port === undefined) return { closeWait: 0, established: 0, listeners: 0, stoppedPids };
  const [states, listeners] = await Promise.all([ports.connectionStates(port), ports.listeners(port)]);
  const count = (state: string): number => (states.kind === 'known' ? (states.value.get(state) ?? 0) : 0);
  const sockets = listeners.kind === 'known' ? listeners.value : [];
  return {
    closeWait: count('CLOSE_WAIT'),
    established: count('ESTABLISHED'),
    // One server on both families has two sockets; two servers have two of one family.
    listeners: Math.max(...([4, 6] as const).map((family) => sockets.filter((socket) => socket.family === family).length), 0),
    stoppedPids,
  };
}
