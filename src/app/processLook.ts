/** The processes of a service with what they use. */
import { processKey } from '../core/model/process';
import type { ProcessRow, Reading } from '../core/model/process';
import { defined } from '../core/model/defined';
import type { MeasuredProcess } from '../core/model/usage';
import type { UsageReader } from './history/ports';
import type { Clock } from './ports';

interface Seen {
  readonly cpuMs: number;
  /** On the monotonic clock, in ms. */
  readonly at: number;
}

/** A mean over a longer time says nothing of the present. */
const maxAgeMs = 60_000;

export class ProcessLook {
  /** Processor time at the look before, by process. */
  #before: ReadonlyMap<string, Seen> = new Map();

  constructor(
    private readonly reader: UsageReader,
    private readonly clock: Clock,
  ) {}

  /** Never rejects; empty when the processes cannot be seen. Processor time is that since the look at them before. */
  async look(members: Promise<Reading<readonly ProcessRow[]>>): Promise<readonly MeasuredProcess[]> {
    const found = await members.catch(() => undefined);
    if (found?.kind !== 'known') return [];
    const reading = await this.reader.usage(found.value);
    const at = this.clock.elapsed();
    const used = new Map(reading.kind === 'known' ? reading.value.map((usage) => [processKey(usage), usage]) : []);
    // Those of other services were looked at in between.
    const before = new Map([...this.#before].filter(([, seen]) => at - seen.at < maxAgeMs));
    this.#before = new Map([...before, ...[...used].map(([key, { cpuMs }]) => [key, { cpuMs, at }] as const)]);
    return found.value.map((row) => {
      const [now, then] = [used.get(processKey(row)), before.get(processKey(row))];
      const cpu =
        now === undefined || then === undefined || at <= then.at ? undefined : (100 * (now.cpuMs - then.cpuMs)) / (at - then.at);
      return { pid: row.pid, command: row.command, ...defined({ memory: now?.memory, cpu }) };
    });
  }
}
