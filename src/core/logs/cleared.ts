/** Up to which moment the log of each service was cleared. The lines stay; only the view leaves them out. */
import type { LogLine } from './logLine';

/** Ids of services, each with the time (ms since the epoch) of its last cleared line. */
export type Cleared = readonly (readonly [service: string, at: number])[];

/** Returns a test for single lines. */
export function clearedBy(cleared: Cleared): (line: Pick<LogLine, 'service' | 'at'>) => boolean {
  if (cleared.length === 0) return () => false;
  const last = new Map(cleared);
  return ({ service, at }) => at <= (last.get(service) ?? -Infinity);
}

/** With these lines, which are in order, cleared as well. Services without any keep what they had. */
export function withCleared(cleared: Cleared, lines: readonly LogLine[]): Cleared {
  const last = new Map(cleared);
  for (const { service, at } of lines) last.set(service, at);
  return [...last];
}

/** Without the services that had a line cleared at this moment or later. */
export const withoutFrom = (cleared: Cleared, from: number, services: ReadonlySet<string>): Cleared =>
  cleared.filter(([service, at]) => at < from || !services.has(service));

/** Reads what a page kept, which may be of any shape. */
export const clearedIn = (value: unknown): Cleared =>
  !Array.isArray(value)
    ? []
    : value.flatMap((each: unknown) => {
        const [service, at]: readonly unknown[] = Array.isArray(each) ? (each as readonly unknown[]) : [];
        return typeof service === 'string' && typeof at === 'number' ? [[service, at] as const] : [];
      });
