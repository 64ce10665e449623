/** Lines `number count` of TCP states, numbered as in MIB_TCP_STATE of the Windows SDK. */
const names: Readonly<Record<string, string>> = {
  1: 'CLOSE',
  3: 'SYN_SENT',
  4: 'SYN_RECV',
  5: 'ESTABLISHED',
  6: 'FIN_WAIT1',
  7: 'FIN_WAIT2',
  8: 'CLOSE_WAIT',
  9: 'CLOSING',
  10: 'LAST_ACK',
  11: 'TIME_WAIT',
};

/** Listeners (2), and what Windows only calls bound (100), are no connections. */
export function parseStateCounts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, state = '', count] of text.matchAll(/^[ \t]*(\d+) (\d+)[ \t]*$/gm)) {
    const name = names[state];
    if (name !== undefined) counts.set(name, Number(count));
  }
  return counts;
}
