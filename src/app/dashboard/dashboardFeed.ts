/** Keeps the dashboard's page up to date: everything at first, then what has changed, in at most four messages a second. */
import type { CheckResult } from '../../core/checks/checks';
import type { Checks, DashboardService, DashboardUpdate, Details, Shown } from '../../core/dashboard/messages';
import { seriesOf } from '../../core/dashboard/series';
import { serviceRow } from '../../core/dashboard/serviceRow';
import { allIncidents, timelineOf } from '../../core/dashboard/timeline';
import type { Histories } from '../../core/dashboard/timeline';
import { awayLine } from '../../core/history/awayLine';
import type { ServiceHistory } from '../../core/history/record';
import type { Service } from '../../core/lifecycle/state';
import { messageIntervalMs } from '../../core/webview/pageMessage';
import { Lifetime } from '../lifetime';
import type { Clock, Disposable } from '../ports';
import { onAnyChange } from '../store';
import type { Change, ServiceStore } from '../store';
import { Cadence } from '../webview/cadence';

export interface DashboardFeedParts {
  readonly store: ServiceStore;
  readonly clock: Clock;
  /** Never rejects. */
  history(service: Service): Promise<ServiceHistory>;
  /** Calls when something was added to the history of any service. */
  onDidAddHistory(listener: () => void): Disposable;
  /** Looks at the processes of the service; never rejects. */
  details(service: Service): Promise<Details>;
  /** Runs the checks of the service. */
  check(id: string): Promise<readonly CheckResult[]>;
  describeCheck(service: Service, result: CheckResult): Checks['results'][number];
}

/** How far back charts reach, in ms. */
const chartsMs = 3_600_000;
/** Pause between two looks at histories and processes, in ms. */
const lookIntervalMs = 1000;

export class DashboardFeed implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #rows: Cadence;
  readonly #looks: Cadence;
  readonly #sent = new Map<string, string>();
  #order: readonly string[] = [];
  #changed = new Set<string>();
  #shown: Shown = { tab: 'timeline' };

  constructor(
    private readonly parts: DashboardFeedParts,
    private readonly post: (message: DashboardUpdate) => void,
  ) {
    const { store, clock } = parts;
    this.#rows = this.#lifetime.add(new Cadence(clock, messageIntervalMs, () => this.#sendRows()));
    this.#looks = this.#lifetime.add(new Cadence(clock, lookIntervalMs, () => void this.#look()));
    this.#lifetime.add(onAnyChange(store, (changed) => this.#take(changed)));
    this.#lifetime.add(parts.onDidAddHistory(() => this.#looks.request()));
    this.#take('all');
  }

  /** Sends what this tab needs, now and after each change. */
  show(shown: Shown): void {
    this.#shown = shown;
    this.#looks.request();
  }

  /** Sends the line about the time since `since` (ms since the epoch); an empty one when nothing happened. */
  async sendAway(since: number): Promise<void> {
    const histories = await this.#histories(this.parts.store.services());
    this.#post({ away: awayLine(allIncidents(histories), since, this.parts.clock.now()) ?? '' });
  }

  /** Runs the checks of a service, and sends their results. */
  async check(id: string): Promise<void> {
    const results = await this.parts.check(id);
    const service = this.parts.store.get(id);
    if (service === undefined) return;
    this.#post({ checks: { service: id, results: results.map((result) => this.parts.describeCheck(service, result)) } });
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #post(update: Omit<DashboardUpdate, 'kind'>): void {
    if (!this.#lifetime.isOver) this.post({ kind: 'dashboard.update', ...update });
  }

  #take(changed: Change): void {
    for (const id of changed === 'all' ? this.parts.store.services().map(({ spec }) => spec.id) : changed) this.#changed.add(id);
    this.#rows.request();
    if (changed !== 'all' && this.#shown.service !== undefined && !changed.has(this.#shown.service)) return;
    if (this.#shown.tab === 'details') this.#looks.request();
  }

  #sendRows(): void {
    const services = this.parts.store.services();
    const order = services.map(({ spec }) => spec.id);
    const isOrderNew = order.join('\n') !== this.#order.join('\n');
    this.#order = order;
    const rows = services.filter(({ spec }) => this.#changed.has(spec.id)).map(serviceRow);
    this.#changed = new Set();
    const different = rows.filter((row) => this.#isDifferent(row));
    if (isOrderNew || different.length > 0) this.#post({ services: different, ...(isOrderNew && { order }) });
  }

  #isDifferent(row: DashboardService): boolean {
    const text = JSON.stringify(row);
    const before = this.#sent.get(row.id);
    this.#sent.set(row.id, text);
    return before !== text;
  }

  async #look(): Promise<void> {
    const { store, clock } = this.parts;
    const shown = this.#shown;
    const { tab, service } = shown;
    const services = store.services().filter(({ spec }) => service === undefined || spec.id === service);
    if (tab === 'timeline') this.#postIf(shown, { timeline: timelineOf(await this.#histories(services), clock.now()) });
    if (tab === 'charts') {
      const histories = await this.#histories(services);
      const from = clock.now() - chartsMs;
      this.#postIf(shown, { series: [...histories].map(([id, { samples }]) => seriesOf(id, samples, from)) });
    }
    const [only] = services;
    if (tab === 'details' && service !== undefined && only !== undefined)
      this.#postIf(shown, { details: await this.parts.details(only) });
  }

  /** Another tab, or service, may be shown by now. */
  #postIf(shown: Shown, update: Omit<DashboardUpdate, 'kind'>): void {
    if (shown === this.#shown) this.#post(update);
  }

  async #histories(services: readonly Service[]): Promise<Histories> {
    const read = services.map(async (service) => [service.spec.id, await this.parts.history(service)] as const);
    return new Map(await Promise.all(read));
  }
}
