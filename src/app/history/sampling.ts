/** Reads every 15 s what the processes of running services use, in one pass for all. Nothing runs while none does. */
import { sampleMs } from '../../core/history/record';
import type { HistorySample } from '../../core/history/record';
import type { Service } from '../../core/lifecycle/state';
import { defined } from '../../core/model/defined';
import { onGrid } from '../../core/model/grid';
import { identityOf } from '../../core/model/identity';
import type { ServiceIdentity } from '../../core/model/identity';
import type { ProcessIdentity } from '../../core/model/process';
import type { Usage } from '../../core/model/usage';
import { healthOf } from '../../core/snapshot/toSnapshot';
import type { Clock, Disposable } from '../ports';
import type { Store } from '../store';
import type { ProcessUsage, UsageReader } from './ports';

export interface SamplingParts {
  readonly store: Pick<Store, 'services' | 'onDidChange' | 'setUsages'>;
  readonly clock: Clock;
  readonly reader: UsageReader;
  /** Processes of the service as of the latest look at its tree; empty where it is not followed. */
  processesOf(id: string): readonly ProcessIdentity[];
  isOurs(service: ServiceIdentity): boolean;
  /** By identity. */
  record(samples: ReadonlyMap<string, HistorySample>): void;
}

/** Delay of the first sample after a service has started. */
const firstSampleMs = 2000;

export class Sampling implements Disposable {
  readonly #subscription: Disposable;
  /** Of the next sample; undefined while nothing runs. */
  #timer: Disposable | undefined;
  /** What each process had used at the last sample, by pid. */
  #before: ReadonlyMap<number, ProcessUsage> = new Map();
  #sampledAt = 0;

  constructor(private readonly parts: SamplingParts) {
    this.#subscription = parts.store.onDidChange(() => this.#wake());
    this.#wake();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#timer?.dispose();
  }

  #wake(): void {
    if (this.#timer === undefined && this.#running().length > 0) this.#schedule(firstSampleMs);
  }

  #schedule(delay: number): void {
    const { clock } = this.parts;
    this.#timer = clock.after(onGrid(delay, clock.elapsed()), () => void this.#sample());
  }

  #running(): readonly Service[] {
    return this.parts.store.services().filter(({ spec, state }) => {
      const { lifecycle } = state;
      return 'process' in lifecycle && lifecycle.process !== undefined && this.parts.isOurs(spec);
    });
  }

  async #sample(): Promise<void> {
    const services = this.#running();
    if (services.length === 0) {
      this.#timer = undefined;
      this.#before = new Map();
      return;
    }
    const processes = new Map(services.map((service) => [service, this.#processesOf(service)]));
    this.#schedule(sampleMs);
    const reading = await this.parts.reader.usage([...processes.values()].flat());
    if (reading.kind === 'known') this.#take(processes, new Map(reading.value.map((each) => [each.pid, each])));
  }

  #processesOf({ spec, state: { lifecycle } }: Service): readonly ProcessIdentity[] {
    const known = this.parts.processesOf(spec.id);
    const leader = 'process' in lifecycle ? lifecycle.process : undefined;
    return known.length > 0 || leader === undefined ? known : [leader];
  }

  #take(processes: ReadonlyMap<Service, readonly ProcessIdentity[]>, used: ReadonlyMap<number, ProcessUsage>): void {
    const { clock, store } = this.parts;
    const elapsed = clock.elapsed() - this.#sampledAt;
    const usages = new Map<string, Usage>();
    const samples = new Map<string, HistorySample>();
    for (const [{ spec, state }, members] of processes) {
      const usage = this.#usageOf(members, used, elapsed);
      if (usage === undefined) continue;
      usages.set(spec.id, usage);
      const last = healthOf(state.lifecycle);
      const outcome = last !== undefined && 'last' in last ? last.last : undefined;
      const latency = outcome?.ok === true ? outcome.latencyMs : undefined;
      samples.set(identityOf(spec), { kind: 'sample', at: clock.now(), ...usage, ...defined({ latency }) });
    }
    this.#before = used;
    this.#sampledAt = clock.elapsed();
    store.setUsages(usages);
    this.parts.record(samples);
  }

  /** A process that is new since the sample before counts with all of its time. Undefined where none was read. */
  #usageOf(members: readonly ProcessIdentity[], used: ReadonlyMap<number, ProcessUsage>, elapsed: number): Usage | undefined {
    let memory: number | undefined;
    let spent = 0;
    let isFirst = true;
    for (const member of members) {
      const now = ofProcess(used, member);
      if (now === undefined) continue;
      const before = ofProcess(this.#before, member);
      memory = (memory ?? 0) + now.memory;
      spent += Math.max(0, now.cpuMs - (before?.cpuMs ?? 0));
      if (before !== undefined) isFirst = false;
    }
    if (memory === undefined) return undefined;
    return isFirst || elapsed <= 0 ? { memory } : { memory, cpu: Math.round((1000 * spent) / elapsed) / 10 };
  }
}

/** Another process may have got the pid. */
function ofProcess(used: ReadonlyMap<number, ProcessUsage>, { pid, born }: ProcessIdentity): ProcessUsage | undefined {
  const found = used.get(pid);
  return found?.born === born ? found : undefined;
}
