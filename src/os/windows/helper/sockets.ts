/** All TCP sockets with their owners. */
import type { SocketFact } from '../facts';
import { addressV6 } from './addressV6';
import type { System } from './system';

/** TCP_TABLE_OWNER_PID_LISTENER and TCP_TABLE_OWNER_PID_ALL. */
const kinds = { listeners: 3, sockets: 5 } as const;
const families = { v4: 2, v6: 23 } as const;
const insufficientBuffer = 122;

/** Throws when the system refuses. */
export const listSockets = (system: System, which: keyof typeof kinds): readonly SocketFact[] => [
  ...rowsOf(readTable(system, families.v4, kinds[which]), 24, rowV4),
  ...rowsOf(readTable(system, families.v6, kinds[which]), 56, rowV6),
];

const firstGuessBytes = 64 * 1024;
/** The table may grow between two calls. */
const maxReads = 5;

function readTable(system: System, family: number, kind: number): Buffer {
  let bytes = firstGuessBytes;
  let code = 0;
  for (let reads = 0; reads < maxReads; reads++) {
    const table = Buffer.alloc(bytes);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bytes);
    code = Number(system.tcpTable(table, size, 0, family, kind, 0));
    if (code === 0) return table;
    if (code !== insufficientBuffer) break;
    bytes = size.readUInt32LE() + firstGuessBytes;
  }
  throw new Error(`GetExtendedTcpTable failed (${code})`);
}

/** A count, then the rows. */
function rowsOf(table: Buffer, bytes: number, read: (row: Buffer) => SocketFact): readonly SocketFact[] {
  const rows: SocketFact[] = [];
  for (let at = 4, left = table.readUInt32LE(); left > 0 && at + bytes <= table.length; at += bytes, left--)
    rows.push(read(table.subarray(at, at + bytes)));
  return rows;
}

/** MIB_TCPROW_OWNER_PID. Ports and addresses are in network order. */
const rowV4 = (row: Buffer): SocketFact => ({
  family: 4,
  state: row.readUInt32LE(0),
  address: row.subarray(4, 8).join('.'),
  port: row.readUInt16BE(8),
  remoteAddress: row.subarray(12, 16).join('.'),
  remotePort: row.readUInt16BE(16),
  pid: row.readUInt32LE(20),
});

/** MIB_TCP6ROW_OWNER_PID. */
const rowV6 = (row: Buffer): SocketFact => ({
  family: 6,
  address: addressV6(row.subarray(0, 16)),
  port: row.readUInt16BE(20),
  remoteAddress: addressV6(row.subarray(24, 40)),
  remotePort: row.readUInt16BE(44),
  state: row.readUInt32LE(48),
  pid: row.readUInt32LE(52),
});
