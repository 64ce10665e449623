/** Linux: /proc/net/tcp lists the sockets, /proc/<pid>/fd their owners. */
import { readFile } from 'node:fs/promises';
import { readdirSync, readlinkSync } from 'node:fs';
import { t } from '../../core/wording/l10n';
import type { Listener, Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import { errorCode } from '../system/errorCode';
import { createPacer } from '../system/pacer';
import { parseProcNetTcp, type TcpEnds, type TcpRow } from './parseProcNetTcp';
import { countOthers } from './countOthers';
import type { PortReader } from './reader';

type Wanted = (ends: TcpEnds) => boolean;

export function createLinuxPortTable(): PortReader {
  return {
    async listeners(port) {
      const rows = await readSockets('/proc/net', (ends) => ends.port === port && ends.state === 'LISTEN');
      if (rows.kind === 'unavailable') return rows;
      return known(rows.value.length === 0 ? [] : listenersOf(rows.value, await holdersOf(rows.value, allPids())));
    },
    portsOf,
    async connectionStates(port) {
      const rows = await readSockets('/proc/net', (ends) => ends.port === port && ends.state !== 'LISTEN');
      if (rows.kind === 'unavailable') return rows;
      const counts = new Map<string, number>();
      for (const { state } of rows.value) counts.set(state, (counts.get(state) ?? 0) + 1);
      return known(counts);
    },
    async clients(port) {
      const isClient = (ends: TcpEnds): boolean => ends.remotePort === port && ends.isWithin && ends.state === 'ESTABLISHED';
      const rows = await readSockets('/proc/net', isClient);
      if (rows.kind === 'unavailable') return rows;
      const holders = rows.value.length === 0 ? new Map<string, readonly number[]>() : await holdersOf(rows.value, allPids());
      return known(countOthers([...holders.values()].flat()));
    },
  };
}

/** Processes in containers have sockets of their own: each network namespace is read through one of its processes. */
async function portsOf(pids: ReadonlySet<number>): Promise<Reading<readonly Listener[]>> {
  const spaces = new Map<string | undefined, number[]>();
  for (const pid of pids) {
    const space = namespaceOf(pid);
    spaces.set(space, [...(spaces.get(space) ?? []), pid]);
  }
  const found: Listener[] = [];
  for (const [space, inside] of spaces) {
    const [first] = inside;
    const folder = space === undefined || first === undefined ? '/proc/net' : `/proc/${first}/net`;
    const rows = await readSockets(folder, ({ state }) => state === 'LISTEN');
    if (rows.kind === 'unavailable') return rows;
    const holders = await holdersOf(rows.value, inside);
    found.push(...listenersOf(rows.value, holders).filter((listener) => listener.pids.length > 0));
  }
  return known(found);
}

/** The tables of 5,000 sockets are 750 KB: read off the main thread. */
async function readSockets(folder: string, wanted: Wanted): Promise<Reading<readonly TcpRow[]>> {
  const rows: TcpRow[] = [];
  for (const name of ['tcp', 'tcp6']) {
    try {
      rows.push(...parseProcNetTcp(await readFile(`${folder}/${name}`, 'latin1'), wanted));
    } catch (error) {
      // A kernel without IPv6 has no tcp6.
      if (name === 'tcp') return unavailable(t('{0} cannot be read ({1}).', `${folder}/${name}`, errorCode(error)));
    }
  }
  return known(rows);
}

const listenersOf = (rows: readonly TcpRow[], holders: ReadonlyMap<string, readonly number[]>): readonly Listener[] =>
  rows.map(({ port, address, family, inode, uid }) => ({
    port,
    address,
    family,
    socket: inode,
    uid,
    pids: holders.get(inode) ?? [],
  }));

/** Which of the processes hold which of the sockets. Another user's descriptors cannot be read, and are skipped. */
async function holdersOf(rows: readonly TcpRow[], pids: Iterable<number>): Promise<ReadonlyMap<string, readonly number[]>> {
  const names = new Map(rows.map(({ inode }) => [`socket:[${inode}]`, inode]));
  const holders = new Map<string, number[]>();
  const pacer = createPacer();
  for (const pid of pids) {
    for (const descriptor of descriptorsOf(pid)) {
      const inode = names.get(linkOf(`/proc/${pid}/fd/${descriptor}`) ?? '');
      if (pacer.due()) await pacer.pause();
      if (inode === undefined) continue;
      const held = holders.get(inode) ?? [];
      // One process may hold the same socket twice.
      if (!held.includes(pid)) holders.set(inode, [...held, pid]);
    }
  }
  return holders;
}

const namespaceOf = (pid: number): string | undefined => {
  const space = linkOf(`/proc/${pid}/ns/net`);
  return space === linkOf('/proc/self/ns/net') ? undefined : space;
};

function descriptorsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return [];
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function allPids(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
