/** Whether the bench left anything behind: processes that descend from us or carry the marker of a run of ours. */
import { readdirSync, readFileSync } from 'node:fs';
import { commandLine, descendants, isAlive } from '../support/processes';
import { pause } from './time';

/** In words, after what is ending has had a moment to end. */
export async function leftOver(): Promise<string> {
  for (let tries = 0; remaining().length > 0 && tries < 40; tries += 1) await pause(50);
  const left = remaining();
  const sockets = openSockets();
  const processes =
    left.length === 0
      ? 'no process is left behind'
      : `LEFT BEHIND: ${left.map((pid) => `${pid} (${commandLine(pid)})`).join(', ')}`;
  return `At its end ${processes}, and the bench holds ${sockets} open sockets.`;
}

/** For a bench that is interrupted: synchronous, since our own process exits. */
export function endLeftOver(): void {
  for (const pid of remaining()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone meanwhile.
    }
  }
}

const remaining = (): readonly number[] => [...new Set([...descendants(process.pid), ...marked()])].filter(isWorth);

/** esbuild, which loads these scripts, keeps a service of its own running until we end. */
const isWorth = (pid: number): boolean => isAlive(pid) && !commandLine(pid).includes('esbuild');

/** The runs of this bench say whose they are. Linux only; elsewhere descendants must do. */
function marked(): readonly number[] {
  const needle = `SERVICE_LIFECYCLE_BENCH=${process.pid}`;
  return pids().filter((pid) => pid !== process.pid && textOf(`/proc/${pid}/environ`).includes(needle));
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => /TCP(Server|Socket)Wrap/.test(kind)).length;
}

function pids(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
