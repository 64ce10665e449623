/** ps, lsof and netstat of macOS as they show fake processes; nothing is listening. */
import type { FakePids, PidRow } from './pids';
import { macTools, type Printed } from '../captures';

const heading = '  PID  PPID  PGID TPGID STAT STARTED                      COMMAND';

/** The start times count the seconds of one minute. */
export const startOf = (count: number): string => `Mon Nov 23 09:05:${String(count % 60).padStart(2, '0')} 2026`;

const lineOf = ({ pid, ppid, born, command }: PidRow): string => `${pid} ${ppid} ${pid} ${pid} Ss ${born} ${command}`;

function print(call: string, pids: FakePids): Printed {
  if (!call.startsWith('ps ')) return call.startsWith('lsof') ? { exitCode: 1 } : {};
  if (call.startsWith('ps -axEww'))
    return {
      stdout: pids
        .rows()
        .map(({ pid, command }) => `${pid} ${command}\n`)
        .join(''),
    };
  const asked = /-p (\d+)/.exec(call)?.[1];
  const rows = pids.rows().filter(({ pid }) => asked === undefined || pid === Number(asked));
  return { exitCode: rows.length === 0 ? 1 : 0, stdout: [heading, ...rows.map(lineOf)].join('\n') };
}

export const macPrograms = (pids: FakePids): ReturnType<typeof macTools> => macTools((call) => print(call, pids));
