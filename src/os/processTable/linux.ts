/** Linux: /proc itself, because slim containers have no ps. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import type { ProcessUsage } from '../../app/history/ports';
import { t } from '../../core/wording/l10n';
import type { ProcessIdentity, ProcessRow, Reading } from '../../core/model/process';
import { isVerified, known, unavailable } from '../../core/model/process';
import { withoutTrailing } from '../../core/model/withoutTrailing';
import { errorCode } from '../system/errorCode';
import { pidExists } from '../system/existence';
import { createPacer } from '../system/pacer';
import { type ProcStat, parseProcStat, parseStart, stateIn, stateOf } from './parseProcStat';
import { createMarkerReader } from './linuxMarkers';
import { pageSize } from './pageSize';
import type { SystemProcessTable } from './table';

/** What is known of the birth of a process that started so many clock ticks after boot. */
type Born = (startTicks: number) => string;

/** USER_HZ: 100 on every architecture that VS Code runs on. In ms. */
const tickMs = 10;

export function createLinuxProcessTable(): SystemProcessTable {
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim() ?? String(bootTime());
  const markers = createMarkerReader();
  const born: Born = (startTicks) => `${boot}:${startTicks}`;
  const scan = (): Promise<Reading<readonly ProcessRow[]>> => readRows(born);
  return {
    scan,
    async list() {
      const rows = await scan();
      return rows.kind === 'known' ? known(await describe(rows.value)) : rows;
    },
    describe,
    markers,
    identify: (pid) => Promise.resolve(identify(pid, born)),
    isAlive: (process) => isAlive(process, born),
    cwd: (pid) => Promise.resolve(readCwd(pid)),
    foregroundGroup: (pid) => Promise.resolve(foregroundGroup(pid)),
    usage: (processes) => usage(processes, born),
    backgroundScan: 3000,
  };
}

async function readRows(born: Born): Promise<Reading<readonly ProcessRow[]>> {
  const pids = listPids();
  if (pids === undefined) return unavailable(t('{0} cannot be read.', '/proc'));
  const pacer = createPacer();
  const booted = bootTime();
  const rows: ProcessRow[] = [];
  for (const pid of pids) {
    const stat = readStat(pid);
    if (stat !== undefined) rows.push(rowOf(stat, born(stat.startTicks), booted));
    if (pacer.due()) await pacer.pause();
  }
  return known(rows);
}

function rowOf(stat: ProcStat, born: string, booted: number): ProcessRow {
  return {
    pid: stat.pid,
    born,
    ppid: stat.ppid,
    pgid: stat.pgid,
    sid: stat.sid,
    state: stateOf(stat.state),
    command: `[${stat.name}]`,
    startedAt: Math.round(booted + stat.startTicks * tickMs),
  };
}

async function describe(rows: readonly ProcessRow[]): Promise<readonly ProcessRow[]> {
  const pacer = createPacer();
  const described: ProcessRow[] = [];
  for (const row of rows) {
    const command = withoutTrailing(readText(`/proc/${row.pid}/cmdline`) ?? '', '\0').replaceAll('\0', ' ');
    described.push(command === '' ? row : { ...row, command });
    if (pacer.due()) await pacer.pause();
  }
  return described;
}

function identify(pid: number, born: Born): Reading<ProcessIdentity | undefined> {
  const stat = readStat(pid);
  if (stat !== undefined) return known(stateOf(stat.state) === 'zombie' ? undefined : { pid, born: born(stat.startTicks) });
  // With hidepid=2 another user's process has no entry, and yet it lives.
  return pidExists(pid) ? unavailable(t('Process {0} is hidden from this user.', pid)) : known(undefined);
}

function isAlive(process: ProcessIdentity, born: Born): boolean {
  if (!pidExists(process.pid)) return false;
  // Only what is needed: each watched process is looked at every 2 s.
  const text = readText(`/proc/${process.pid}/stat`);
  const start = text === undefined ? undefined : parseStart(text);
  if (text === undefined || start === undefined) return pidExists(process.pid);
  return stateIn(text) !== 'zombie' && (!isVerified(process) || born(start) === process.born);
}

async function usage(processes: readonly ProcessIdentity[], born: Born): Promise<Reading<readonly ProcessUsage[]>> {
  const page = pageSize();
  const pacer = createPacer();
  const used: ProcessUsage[] = [];
  for (const { pid, born: expected } of processes) {
    const stat = readStat(pid);
    if (stat !== undefined && born(stat.startTicks) === expected)
      used.push({ pid, born: expected, cpuMs: stat.usedTicks * tickMs, memory: stat.pages * page });
    if (pacer.due()) await pacer.pause();
  }
  return known(used);
}

function foregroundGroup(pid: number): number | undefined {
  const group = readStat(pid)?.foregroundGroup;
  return group !== undefined && group > 1 ? group : undefined;
}

function readCwd(pid: number): Reading<string> {
  try {
    return known(readlinkSync(`/proc/${pid}/cwd`));
  } catch (error) {
    return unavailable(t('The folder of process {0} cannot be read ({1}).', pid, errorCode(error)));
  }
}

function readStat(pid: number): ProcStat | undefined {
  const text = readText(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseProcStat(text);
}

function listPids(): readonly number[] | undefined {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return undefined;
  }
}

/** ms since the epoch. /proc/uptime is finer (10 ms), but LXC shows the container's own; then the whole seconds of btime are right. */
function bootTime(): number {
  const uptime = Number(readText('/proc/uptime')?.split(' ')[0]);
  const btime = Number(/^btime (\d+)$/m.exec(readText('/proc/stat') ?? '')?.[1]) * 1000;
  const fine = Date.now() - uptime * 1000;
  return Math.abs(fine - btime) < 2000 || Number.isNaN(btime) ? fine : btime;
}

/** Undefined when it is gone or may not be read. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
