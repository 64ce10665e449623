/** All processes, with their parents, start times and command lines. */
import { processKey } from '../../../core/model/process';
import { bornOfFileTime, startOf } from '../born';
import type { EndFact, IdentityFact, ProcessFact } from '../facts';
import { readParameters } from './parameters';
import { rights, withProcess, type System } from './system';

/** TH32CS_SNAPPROCESS */
const allProcesses = 2;

/** PROCESSENTRY32W on 64-bit systems. */
const entry = { bytes: 568, pid: 8, ppid: 32, name: 44, nameEnd: 564 } as const;

/** What is read of a process once: neither its command line nor its environment is expected to change. */
type Described = Pick<ProcessFact, 'command' | 'run'>;

/** A process younger than this (ms) may not have got its parameters yet: what is missing then is looked for again. */
const settledAfterMs = 2000;

const isFinal = (born: string, { command, run }: Described): boolean =>
  (command !== undefined && run !== undefined) || Date.now() - (startOf(born) ?? 0) > settledAfterMs;

/** Returns a function that lists all processes. What was read of a process is kept until it is gone. Throws when the system refuses. */
export function createProcessLister(system: System): () => readonly ProcessFact[] {
  let known = new Map<string, Described>();
  return () => {
    const next = new Map<string, Described>();
    const listed = snapshot(system).map((row) => {
      const figures = figuresOf(system, row.pid);
      if (figures === undefined) return row;
      const { born } = figures;
      const key = processKey({ pid: row.pid, born });
      const described = known.get(key) ?? describe(system, row.pid);
      if (isFinal(born, described)) next.set(key, described);
      return { ...row, ...figures, ...described };
    });
    known = next;
    return listed;
  };
}

function snapshot(system: System): readonly ProcessFact[] {
  const handle = system.createSnapshot(allProcesses, 0);
  if (Number(handle) === -1) throw new Error(`CreateToolhelp32Snapshot failed (${system.lastError()})`);
  try {
    const rows: ProcessFact[] = [];
    const buffer = Buffer.alloc(entry.bytes);
    buffer.writeUInt32LE(entry.bytes, 0);
    for (let more = system.firstProcess(handle, buffer); more !== 0; more = system.nextProcess(handle, buffer)) {
      const name = buffer.toString('utf16le', entry.name, entry.nameEnd);
      const end = name.indexOf('\0');
      rows.push({
        pid: buffer.readUInt32LE(entry.pid),
        ppid: buffer.readUInt32LE(entry.ppid),
        name: end < 0 ? name : name.slice(0, end),
      });
    }
    return rows;
  } finally {
    system.closeHandle(handle);
  }
}

function describe(system: System, pid: number): Described {
  const parameters = readParameters(system, pid);
  if (parameters === undefined) return {};
  const { command, run } = parameters;
  return { ...(command === '' ? {} : { command }), ...(run === undefined ? {} : { run }) };
}

/** Undefined when it is not there, or may not be looked at. */
const figuresOf = (system: System, pid: number): Figures | undefined =>
  pid === 0
    ? undefined
    : withProcess(system, pid, rights.look, (handle) => {
        const times = timesOf(system, handle);
        const memory = workingSetOf(system, handle);
        return times === undefined || memory === undefined ? times : { ...times, memory };
      });

type Figures = { readonly born: string } & Pick<ProcessFact, 'cpuMs' | 'memory'>;

/** Units of processor time, of 100 ns, in one ms. */
const unitsPerMs = 10_000n;

/** Undefined when the system refuses. */
function timesOf(system: System, handle: number): Figures | undefined {
  const [created, exited, kernel, user] = [Buffer.alloc(8), Buffer.alloc(8), Buffer.alloc(8), Buffer.alloc(8)];
  if (system.processTimes(handle, created, exited, kernel, user) === 0) return undefined;
  const used = Number((kernel.readBigUInt64LE() + user.readBigUInt64LE()) / unitsPerMs);
  return { born: bornOfFileTime(created.readBigUInt64LE()), cpuMs: used };
}

/** Undefined when the system refuses. */
export const creationOf = (system: System, handle: number): string | undefined => timesOf(system, handle)?.born;

/** PROCESS_MEMORY_COUNTERS of 64-bit systems. */
const counters = { bytes: 72, workingSet: 16 } as const;

/** In bytes; undefined when the system refuses. */
function workingSetOf(system: System, handle: number): number | undefined {
  const buffer = Buffer.alloc(counters.bytes);
  buffer.writeUInt32LE(counters.bytes, 0);
  if (system.memoryInfo(handle, buffer, counters.bytes) === 0) return undefined;
  return Number(buffer.readBigUInt64LE(counters.workingSet));
}

/** ERROR_INVALID_PARAMETER: OpenProcess has no such pid. */
const noSuchProcess = 87;

export function identify(system: System, pid: number): IdentityFact {
  const found = withProcess(system, pid, rights.look | rights.wait, (handle): IdentityFact => {
    if (hasEnded(system, handle)) return 'gone';
    const born = creationOf(system, handle);
    return born === undefined ? 'denied' : { born };
  });
  return found ?? (Number(system.lastError()) === noSuchProcess ? 'gone' : 'denied');
}

/** A process stays openable as long as anyone has a handle of it. */
const hasEnded = (system: System, handle: number): boolean => Number(system.waitForOne(handle, 0)) === 0;

/** Exit code of what is ended: that of a program that failed, as Task Manager gives. */
const endedExitCode = 1;

/** Ends exactly the process with this start time: the pid cannot go to another one while its handle is open. */
export function endProcess(system: System, pid: number, born: string): EndFact {
  const outcome = withProcess(system, pid, rights.end | rights.look | rights.wait, (handle): EndFact => {
    if (creationOf(system, handle) !== born) return 'another';
    if (hasEnded(system, handle)) return 'gone';
    return system.terminate(handle, endedExitCode) !== 0 || hasEnded(system, handle) ? 'ended' : 'refused';
  });
  if (outcome !== undefined) return outcome;
  const present = identify(system, pid);
  if (typeof present === 'string') return present === 'gone' ? 'gone' : 'refused';
  return present.born === born ? 'refused' : 'another';
}
