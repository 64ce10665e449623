/** States of TCP, numbered as in MIB_TCP_STATE of the Windows SDK. */
const names: ReadonlyMap<number, string> = new Map([
  [1, 'CLOSE'],
  [3, 'SYN_SENT'],
  [4, 'SYN_RECV'],
  [5, 'ESTABLISHED'],
  [6, 'FIN_WAIT1'],
  [7, 'FIN_WAIT2'],
  [8, 'CLOSE_WAIT'],
  [9, 'CLOSING'],
  [10, 'LAST_ACK'],
  [11, 'TIME_WAIT'],
]);

export const listening = 2;

/** Listeners, and what Windows only calls bound (100), are no connections: undefined. */
export const stateName = (state: number): string | undefined => names.get(state);
