/** Output and events for other extensions. */
import type { EventOptions, LogEntry, LogOptions, LogPage, ServiceEvent } from '../../core/agents/logPage';
import { defined } from '../../core/model/defined';
import { identityOf } from '../../core/model/identity';
import type { LogStore } from '../../core/output/logStore';
import type { Service } from '../../core/lifecycle/state';
import type { Disposable } from '../ports';
import type { ServiceStore } from '../store';
import type { EventLog } from './eventLog';

export interface ApiOutputParts {
  readonly store: ServiceStore;
  readonly logs: LogStore;
  readonly log: EventLog;
  refresh(service: Service): Promise<void>;
  /** Undefined for an expression that is invalid or takes too long. */
  search(lines: readonly string[], search: string): readonly boolean[] | undefined;
}

const defaultTail = 100;

export class ApiOutput {
  constructor(private readonly parts: ApiOutputParts) {}

  async logs(id: string, { tail = defaultTail, since, search }: LogOptions = {}): Promise<LogPage> {
    const { store, logs } = this.parts;
    const service = store.get(id);
    if (service === undefined) throw new Error(`There is no service "${id}": services() returns the ids.`);
    await this.parts.refresh(service);
    const cursor = String(logs.last);
    const { lines, dropped } = logs.read(identityOf(service.spec), this.#cursorIn(since));
    const texts = lines.map(({ text }) => text);
    const matches = search === undefined || search === '' ? undefined : this.parts.search(texts, search);
    if (matches === undefined && search !== undefined && search !== '')
      throw new Error(`The expression ${search} is invalid, or takes too long to match.`);
    const found = matches === undefined ? lines : lines.filter((_, index) => matches[index] === true);
    const last = tail <= 0 ? [] : found.slice(-tail);
    return { lines: last.map(({ at, run, text }) => ({ at, service: id, run, text })), cursor, dropped };
  }

  events({ since }: EventOptions = {}): readonly ServiceEvent[] {
    const { events } = this.parts.log.read(this.#cursorIn(since));
    return events.map(({ at, service, what, by, reason, verdict, seq }) => ({
      ...{ at, service, what, cursor: String(seq) },
      ...defined({ by, reason, verdict }),
    }));
  }

  onDidLog(listener: (line: LogEntry) => void): Disposable {
    const { store, logs } = this.parts;
    return logs.onDidAppend((identity, lines) => {
      const service = store.services().find(({ spec }) => identityOf(spec) === identity)?.spec.id;
      if (service !== undefined) for (const { at, run, text } of lines) listener({ at, service, run, text });
    });
  }

  /** An empty one means from now on. */
  #cursorIn(written: string | undefined): number {
    if (written === undefined) return 0;
    if (written === '') return this.parts.logs.last;
    if (!/^\d{1,16}$/.test(written)) throw new Error('"since" must be a cursor of an earlier reply, or empty.');
    return Number(written);
  }
}
