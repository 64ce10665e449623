/** Finds and ends the processes a test started, and only those: by pid, or by a scratch folder that nobody else works in. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { sep } from 'node:path';

/** Kills the process with all that descends from it. Synchronous, so that it works while our own process exits. */
export function killTree(pid: number): void {
  if (process.platform === 'win32') {
    quietly(() => execFileSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' }));
    return;
  }
  for (const each of [pid, ...descendants(pid)]) quietly(() => process.kill(each, 'SIGKILL'));
}

/** Kills what works in the folder or below and was not reached by its parents, such as a daemon. Linux only; elsewhere it does nothing. */
export function killThoseIn(folder: string): void {
  for (const pid of processesIn(folder)) quietly(() => process.kill(pid, 'SIGKILL'));
}

/** What works in the folder or below, whoever its parents are. Linux only; elsewhere none. */
export function processesIn(folder: string): number[] {
  return linuxPids().filter((pid) => {
    const cwd = quietly(() => readlinkSync(`/proc/${pid}/cwd`));
    return cwd === folder || cwd?.startsWith(folder + sep);
  });
}

/** Whether a SIGSTOP holds the process. Never on Windows, which has no such signal. */
export const isStopped = (pid: number): boolean => {
  if (process.platform === 'linux') return /\) [Tt] /.test(quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? '');
  if (process.platform === 'win32') return false;
  return /^\s*T/.test(quietly(() => execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })) ?? '');
};

/** All that descends from the process, parents first. */
export function descendants(pid: number): number[] {
  const parents = process.platform === 'linux' ? linuxParents() : listedParents();
  const found = [pid];
  // The list grows while it is walked.
  for (const parent of found) for (const [child, itsParent] of parents) if (itsParent === parent) found.push(child);
  return found.slice(1);
}

/** The command line of a process, its arguments joined by spaces; empty when it is gone. */
export function commandLine(pid: number): string {
  if (process.platform === 'linux')
    return (quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '').replaceAll('\0', ' ').trim();
  const asked =
    process.platform === 'win32'
      ? powerShell(`(Get-CimInstance Win32_Process -Filter "ProcessId = ${pid}").CommandLine`)
      : quietly(() => execFileSync('ps', ['-ww', '-p', String(pid), '-o', 'command='], { encoding: 'utf8' }));
  return (asked ?? '').trim();
}

/** True for a zombie as well on systems other than Linux. */
export function isAlive(pid: number): boolean {
  if (process.platform === 'linux') {
    const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return stat !== undefined && !/\) [ZX] /.test(stat);
  }
  return quietly(() => process.kill(pid, 0)) ?? false;
}

function linuxPids(): number[] {
  const names = quietly(() => readdirSync('/proc')) ?? [];
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}

function linuxParents(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const pid of linuxPids()) {
    // The command stands in parentheses and may hold anything; the parent is the second field after it.
    const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const parent = stat && /^.*\) \S (\d+)/s.exec(stat)?.[1];
    if (parent) parents.set(pid, Number(parent));
  }
  return parents;
}

function listedParents(): Map<number, number> {
  const parents = new Map<number, number>();
  const rows =
    process.platform === 'win32'
      ? powerShell('Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId)" }')
      : quietly(() => execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }));
  for (const row of rows?.split('\n') ?? []) {
    const [pid, parent] = row.trim().split(/\s+/).map(Number);
    if (pid && parent) parents.set(pid, parent);
  }
  return parents;
}

/** Takes a second or more. */
function powerShell(script: string): string | undefined {
  const args = ['-NoProfile', '-NonInteractive', '-Command', script];
  return quietly(() => execFileSync('powershell.exe', args, { encoding: 'utf8', windowsHide: true }));
}

/** A process may be gone before we look at it or end it, which is no failure here. */
function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
