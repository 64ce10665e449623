/**
 * Makes VS Code report a terminal's output (again). It reports what is written between the marks of its shell integration; after
 * a reload or a crash of the extension host it waits for new marks; while the output has no pause it holds it; and what it has
 * reported once it keeps in memory until an end mark comes. Written to the service's own terminal, the marks are invisible. Seen on
 * 1.105.1 and 1.139.1; there is no such way on Windows.
 */
import { closeSync, constants, openSync, readlinkSync, statSync, writeSync } from 'node:fs';
import type { SeenTerminal, TerminalTap } from '../app/ports';
import { errorCode } from './system/errorCode';
import { runTool } from './system/runTool';

/** End of the last command, start of a prompt, end of the prompt, start of output: OSC 633 in VS Code's documentation of shell integration. */
const marks = '\u001b]633;D\u0007\u001b]633;A\u0007\u001b]633;B\u0007\u001b]633;C\u0007';

export function createTerminalTap(platform: NodeJS.Platform = process.platform): TerminalTap {
  return {
    async renew(pid): Promise<boolean> {
      const tty = await terminalOf(pid, platform);
      return tty !== undefined && (write(tty, marks) === marks.length || (await writeInTurn(tty)));
    },
    look: (pid) => (platform === 'linux' ? look(linuxTerminal(pid)) : undefined),
  };
}

async function terminalOf(pid: number, platform: NodeJS.Platform): Promise<string | undefined> {
  if (platform === 'linux') return linuxTerminal(pid);
  if (platform !== 'darwin') return undefined;
  const name = await runTool('ps', ['-o', 'tty=', '-p', String(pid)], 2000);
  const tty = name.kind === 'known' ? name.value.stdout.trim() : '';
  return /^ttys\d+$/.test(tty) ? `/dev/${tty}` : undefined;
}

/** A service may have sent one stream to a file or a pipe, hardly ever all three. */
function linuxTerminal(pid: number): string | undefined {
  for (const stream of [1, 2, 0]) {
    try {
      const target = readlinkSync(`/proc/${pid}/fd/${stream}`);
      if (target.startsWith('/dev/pts/')) return target;
    } catch {
      // Gone, or not ours to look at.
    }
  }
  return undefined;
}

/** An empty write writes nothing, but has to wait like any other while another write is not done (Linux 6, n_tty). */
function look(tty: string | undefined): SeenTerminal | undefined {
  try {
    return tty === undefined
      ? undefined
      : { device: tty, isBlocked: write(tty, '') === 'busy', writtenAt: statSync(tty).mtimeMs };
  } catch {
    // Gone meanwhile.
    return undefined;
  }
}

/**
 * Writes without waiting: a terminal whose output is not read any more accepts nothing. While the service itself is writing it accepts
 * nothing, and when it is nearly full only a part. Returns the number of bytes that were written.
 */
function write(tty: string, bytes: string): number | 'busy' | 'gone' {
  try {
    const file = openSync(tty, constants.O_WRONLY | constants.O_NOCTTY | constants.O_NONBLOCK);
    try {
      return writeSync(file, bytes);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return errorCode(error) === 'EAGAIN' ? 'busy' : 'gone';
  }
}

/**
 * A service that writes without a pause holds its terminal nearly all the time, so the write has to wait in line. A separate
 * process does that, because it can be ended: where the terminal is not read any more the wait has no end.
 */
async function writeInTurn(tty: string): Promise<boolean> {
  const written = await runTool('/bin/sh', ['-c', 'printf %s "$0" >"$1"', marks, tty], queuedWriteTimeoutMs);
  return written.kind === 'known' && written.value.exitCode === 0;
}

const queuedWriteTimeoutMs = 2000;
