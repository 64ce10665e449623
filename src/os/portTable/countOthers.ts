/** Counts how often each pid occurs, without this process: the connections of its probes are no evidence. */
export function countOthers(pids: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const pid of pids) if (pid !== process.pid) counts.set(pid, (counts.get(pid) ?? 0) + 1);
  return counts;
}
