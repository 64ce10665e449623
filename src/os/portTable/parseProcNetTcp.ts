/** /proc/net/tcp and tcp6, see proc_pid_net(5). */

export interface TcpRow {
  readonly family: 4 | 6;
  readonly address: string;
  readonly port: number;
  /** `LISTEN`, `ESTABLISHED`, `CLOSE_WAIT`, … */
  readonly state: string;
  readonly uid: number;
  /** 0 for a connection without an owner, such as TIME_WAIT. */
  readonly inode: string;
}

/** include/net/tcp_states.h */
const states: Readonly<Record<string, string>> = {
  '01': 'ESTABLISHED',
  '02': 'SYN_SENT',
  '03': 'SYN_RECV',
  '04': 'FIN_WAIT1',
  '05': 'FIN_WAIT2',
  '06': 'TIME_WAIT',
  '07': 'CLOSE',
  '08': 'CLOSE_WAIT',
  '09': 'LAST_ACK',
  '0A': 'LISTEN',
  '0B': 'CLOSING',
  '0C': 'SYN_RECV',
};

/** What decides whether a row is wanted. */
export interface TcpEnds {
  readonly port: number;
  readonly state: string;
  readonly remotePort: number;
  /** Whether both ends have the same address: then both are on this machine. */
  readonly isWithin: boolean;
}

/** The rows that are wanted; the rest is skipped before it costs anything. */
export function parseProcNetTcp(text: string, wanted: (ends: TcpEnds) => boolean): readonly TcpRow[] {
  const rows: TcpRow[] = [];
  for (const line of text.split('\n')) {
    const local = line.indexOf(': ');
    if (local < 0) continue;
    const [localAddress, remoteAddress, code = ''] = line.slice(local + 2).split(' ', 3);
    const [here, there] = [endOf(localAddress), endOf(remoteAddress)];
    const { hex, port } = here;
    const state = states[code] ?? code;
    if (Number.isNaN(port) || !wanted({ port, state, remotePort: there.port, isWithin: hex === there.hex })) continue;
    const fields = line.trim().split(/\s+/);
    const family = hex.length === 8 ? 4 : 6;
    const address = family === 4 ? ipv4(hex) : ipv6(hex);
    rows.push({ family, address, port, state, uid: Number(fields[7]), inode: fields[9] ?? '0' });
  }
  return rows;
}

function endOf(text = ''): { readonly hex: string; readonly port: number } {
  const [hex = '', port = ''] = text.split(':');
  return { hex, port: Number.parseInt(port, 16) };
}

/** Each 32-bit word is printed in the order of the machine; all that VS Code runs on are little-endian. */
function bytesOf(hex: string): number[] {
  const bytes: number[] = [];
  for (let word = 0; word < hex.length; word += 8) {
    for (let at = 6; at >= 0; at -= 2) bytes.push(Number.parseInt(hex.slice(word + at, word + at + 2), 16));
  }
  return bytes;
}

const ipv4 = (hex: string): string => bytesOf(hex).join('.');

function ipv6(hex: string): string {
  const bytes = bytesOf(hex);
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  if (groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff') return `::ffff:${bytes.slice(12).join('.')}`;
  return compressed(groups);
}

/** RFC 5952: the longest run of two or more zero groups becomes `::`. */
function compressed(groups: readonly string[]): string {
  const text = groups.join(':');
  const runs = [...text.matchAll(/(?<=^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length);
  const [longest] = runs;
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index).replace(/:$/, '');
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
