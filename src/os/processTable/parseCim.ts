/** Win32_Process as JSON, as `windows.ts` asks PowerShell for it. */
import type { ProcessRow } from '../../core/model/process';

/** ConvertTo-Json prints a single row as an object, several as a list, none as nothing. */
export function parseCim(text: string): readonly ProcessRow[] | undefined {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return [];
  try {
    const value: unknown = JSON.parse(trimmed);
    const rows: readonly unknown[] = Array.isArray(value) ? value : [value];
    return rows.flatMap((row) => rowOf(row) ?? []);
  } catch {
    return undefined;
  }
}

function rowOf(value: unknown): ProcessRow | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (name: string): unknown => Reflect.get(value, name);
  const pid = field('ProcessId');
  const ppid = field('ParentProcessId');
  if (typeof pid !== 'number' || typeof ppid !== 'number') return undefined;
  const command = field('CommandLine');
  const name = field('Name');
  // Protected processes show no creation date; the system's own two never end, so a constant serves as their token.
  const ticks = field('Ticks');
  const born = typeof ticks === 'string' && ticks !== '' ? ticks : 'unknown';
  return {
    pid,
    born,
    ppid,
    state: 'running',
    command: typeof command === 'string' && command !== '' ? command : `[${typeof name === 'string' ? name : pid}]`,
    startedAt: born === 'unknown' ? 0 : msOfTicks(born),
  };
}

/** .NET counts 100 ns since the year 1; the difference to 1970 is 62135596800 s. More digits than a double holds: cut first. */
const msOfTicks = (ticks: string): number => Number(ticks.slice(0, -4)) - 62_135_596_800_000;
