/** The processes of a service with what they use. */
import { processKey } from '../core/model/process';
import { defined } from '../core/model/defined';
import type { MeasuredProcess } from '../core/model/usage';
import type { UsageReader } from './history/ports';
import type { Clock, ProcessTree } from './ports';

interface Seen {
  readonly cpuMs: number;
  /** On the monotonic clock, in ms. */
  readonly at: number;
}

export class ProcessLook {
  /** Processor time at the look before. */
  #before: ReadonlyMap<string, Seen> = new Map();

  constructor(
    private readonly reader: UsageReader,
    private readonly clock: Clock,
  ) {}

  /** Never rejects; empty when the processes cannot be seen. Processor time is that since the look before. */
  async look(tree: ProcessTree | undefined): Promise<readonly MeasuredProcess[]> {
    const members = await tree?.members().catch(() => undefined);
    if (members?.kind !== 'known') return [];
    const reading = await this.reader.usage(members.value);
    const at = this.clock.elapsed();
    const used = new Map(reading.kind === 'known' ? reading.value.map((usage) => [processKey(usage), usage]) : []);
    const before = this.#before;
    this.#before = new Map([...used].map(([key, { cpuMs }]) => [key, { cpuMs, at }]));
    return members.value.map((row) => {
      const [now, then] = [used.get(processKey(row)), before.get(processKey(row))];
      const cpu =
        now === undefined || then === undefined || at <= then.at ? undefined : (100 * (now.cpuMs - then.cpuMs)) / (at - then.at);
      return { pid: row.pid, command: row.command, ...defined({ memory: now?.memory, cpu }) };
    });
  }
}
