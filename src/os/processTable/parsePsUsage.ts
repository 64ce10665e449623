/** `ps -p … -o pid,rss,time,lstart` with dates and numbers in English and TZ=UTC, as macOS prints it. */
import type { ProcessUsage } from '../../app/history/ports';
import type { ProcessIdentity } from '../../core/model/process';

export const usageColumns = 'pid,rss,time,lstart';

/** rss is in KiB. TIME is `0:01.52` or `123:04.05` on macOS, `1-02:03:04` elsewhere. lstart is five words. */
const line = /^\s*(\d+)\s+(\d+)\s+([\d:.-]+)\s+(\w{3}\s+\w{3}\s+\d+\s+[\d:]{8}\s+\d{4})\s*$/;

/** Leaves out a process whose pid belongs to another one now. */
export function usagesOf(text: string, processes: readonly ProcessIdentity[]): readonly ProcessUsage[] {
  const born = new Map(processes.map((process) => [process.pid, process.born]));
  return text.split('\n').flatMap((each) => {
    const [, pid, rss, time = '', lstart = ''] = line.exec(each) ?? [];
    const started = lstart.replace(/\s+/g, ' ');
    if (pid === undefined || born.get(Number(pid)) !== started) return [];
    return [{ pid: Number(pid), born: started, cpuMs: timeIn(time), memory: Number(rss) * 1024 }];
  });
}

/** In ms. */
function timeIn(time: string): number {
  const [days, clock] = time.includes('-') ? [Number(time.split('-')[0]), time.split('-')[1] ?? ''] : [0, time];
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((days * 86_400 + seconds) * 1000);
}
