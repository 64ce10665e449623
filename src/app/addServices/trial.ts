/**
 * Starts services that are not in services.json, what others depend on first, looks at what each of them does, and ends all of them
 * again. Nothing of it stays. One after another: two at once could take each other's ports.
 */
import type { Finding } from '../../core/diagnosis/finding';
import { commandIds } from '../../core/model/commandIds';
import { defined } from '../../core/model/defined';
import type { ServiceSpec } from '../../core/model/service';
import type { Service } from '../../core/lifecycle/state';
import { readyLineIn } from '../../core/addServices/readyLine';
import type { TestRun, TestRunOutcome } from '../../core/addServices/testRun';
import { cameUp } from '../../core/addServices/testRun';
import { LogStore } from '../../core/output/logStore';
import { t } from '../../core/wording/l10n';
import { toSnapshot } from '../../core/snapshot/toSnapshot';
import type { DiagnosisParts } from '../diagnosis/parts';
import { Lifetime } from '../lifetime';
import { containerRuns } from '../run/containerRuns';
import { settled } from '../settled';
import { stopAll } from '../stopAll';
import { Store } from '../store';
import { Supervisor } from '../supervisor';
import type { World } from '../world';
import { confirmTestRun } from './confirmTestRun';
import { listensElsewhere } from './listensElsewhere';
import { notReady, readyTimeoutMs } from './readyTime';

/** Without the ports that ask the user: a test run asks nothing, and remembers nothing after its end. */
export type TestRunWorld = Pick<World, Exclude<keyof World, 'askAboutPort' | 'offerPort' | 'shouldReveal'>> & {
  /** Explains a failure while its traces are fresh; the verdict comes first. */
  readonly diagnose?: DiagnoseRun;
};

/** Diagnoses a service of a test run, which has a store and a supervisor of its own. */
export type DiagnoseRun = (id: string, run: Pick<DiagnosisParts, 'store' | 'output'>) => Promise<readonly Finding[]>;

export interface TrialRequest {
  readonly specs: readonly ServiceSpec[];
  readonly report: (id: string, testRun: TestRun) => void;
  /** Stops the trial. */
  readonly signal: AbortSignal;
}

/** Settles when all processes are gone, or cannot be ended, which is the outcome then. Returns one outcome for each service, by its id. */
export async function performTrial(request: TrialRequest, outside: TestRunWorld): Promise<ReadonlyMap<string, TestRunOutcome>> {
  const trial = new Trial(request, outside, await runningAlready(request.specs, outside));
  for (const { id } of request.specs) await trial.outcomeOf(id);
  return trial.end();
}

class Trial {
  readonly #outcomes = new Map<string, TestRunOutcome>();
  readonly #store = new Store();
  readonly #supervisor: Supervisor;
  readonly #world: World;
  readonly #lifetime = new Lifetime();
  readonly #stopped: Promise<'stopped'>;
  /** Those being tried, from the outermost dependent on: two that wait for each other are in it twice. */
  readonly #under: string[] = [];

  constructor(
    private readonly request: TrialRequest,
    private readonly outside: TestRunWorld,
    /** Ids of services whose container was started by others: it is not stopped here. */
    private readonly running: ReadonlySet<string>,
  ) {
    const asksNothing = { askAboutPort: () => Promise.resolve('cancel' as const), offerPort: () => undefined };
    this.#world = { ...outside, ...asksNothing, logs: new LogStore(), shouldReveal: () => false };
    this.#store.configure({ services: request.specs.map((spec) => forTrial(spec, running)), broken: [] });
    this.#supervisor = new Supervisor(this.#store, this.#world);
    const { signal } = request;
    this.#stopped = new Promise((resolve) => {
      const stop = (): void => resolve('stopped');
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      this.#lifetime.add({ dispose: () => signal.removeEventListener('abort', stop) });
    });
  }

  /** Tries the service, after those that it depends on. */
  async outcomeOf(id: string): Promise<TestRunOutcome> {
    const known = this.#outcomes.get(id);
    if (known !== undefined) return known;
    const spec = this.request.specs.find((each) => each.id === id);
    if (spec === undefined || this.#under.includes(id)) return { kind: 'failed', why: t('The proposal is not a valid service.') };
    this.#under.push(id);
    const outcome = await this.#tryAfterOthers(spec);
    this.#under.pop();
    this.#outcomes.set(id, outcome);
    this.request.report(id, cameUp(outcome) ? { kind: 'keptUp', outcome } : outcome);
    return outcome;
  }

  /** Ends everything. A process or a port that could not be released is the outcome of its service, whatever else was seen. */
  async end(): Promise<ReadonlyMap<string, TestRunOutcome>> {
    this.#lifetime.dispose();
    for (const { spec, state } of this.#store.services())
      if (state.lifecycle.kind === 'running' || state.lifecycle.kind === 'starting')
        this.request.report(spec.id, { kind: 'ending' });
    await stopAll(this.#store, this.#supervisor, this.#world.clock);
    this.#supervisor.dispose();
    const left = new Map(this.#store.services().flatMap((service) => leftOver(service)));
    return new Map([...this.#outcomes].map(([id, outcome]) => [id, left.get(id) ?? outcome]));
  }

  async #tryAfterOthers(spec: ServiceSpec): Promise<TestRunOutcome> {
    for (const { id } of spec.dependsOn) {
      if (!this.request.specs.some((each) => each.id === id)) continue;
      if (!cameUp(await this.outcomeOf(id))) return { kind: 'notTried', dependency: this.#keyOf(id) };
    }
    const first = await this.#try(spec);
    if (first.outcome.kind !== 'failed') return first.outcome;
    const needed = this.#neededBy(first.findings).filter((id) => !spec.dependsOn.some((each) => each.id === id));
    for (const id of needed) if (!cameUp(await this.outcomeOf(id))) return first.outcome;
    if (needed.length === 0) return first.outcome;
    const second = await this.#try(spec);
    return cameUp(second.outcome) ? { ...second.outcome, needs: needed.map((id) => this.#keyOf(id)) } : second.outcome;
  }

  async #try(spec: ServiceSpec): Promise<{ readonly outcome: TestRunOutcome; readonly findings: readonly Finding[] }> {
    const { id } = spec;
    if (this.request.signal.aborted) return { outcome: { kind: 'stopped' }, findings: [] };
    if (this.running.has(id)) return { outcome: { kind: 'runsAlready' }, findings: [] };
    const lifetime = new Lifetime();
    lifetime.add(this.#store.onDidChange(() => this.request.report(id, progress(this.#store.get(id)))));
    this.#supervisor.start(id);
    try {
      const seen = await Promise.race([
        settled(id, this.#store, this.#world.clock),
        listensElsewhere(spec, this.#store, this.#world, lifetime),
        notReady(id, this.#store, this.#world.clock, lifetime),
        this.#stopped,
      ]);
      if (seen === 'stopped') return { outcome: { kind: 'stopped' }, findings: [] };
      if (seen === 'late') return { outcome: { kind: 'failed', why: whyLate(this.#store.get(id)) }, findings: [] };
      if (seen !== undefined && 'kind' in seen) return { outcome: seen, findings: [] };
      if (seen?.state.lifecycle.kind !== 'running') return await this.#ended(seen);
      const confirmed = confirmTestRun(seen, spec, this.#store, this.#world);
      const outcome = await Promise.race([confirmed, this.#stopped.then((kind) => ({ kind }))]);
      return { outcome: this.#withReadyLine(spec, outcome), findings: [] };
    } finally {
      lifetime.dispose();
    }
  }

  #withReadyLine({ id, readyLine }: ServiceSpec, outcome: TestRunOutcome): TestRunOutcome {
    if (outcome.kind !== 'staysUp' || readyLine !== undefined) return outcome;
    return { ...outcome, ...defined({ readyLine: readyLineIn(this.#supervisor.output(id).lines) }) };
  }

  async #ended(
    service: Service | undefined,
  ): Promise<{ readonly outcome: TestRunOutcome; readonly findings: readonly Finding[] }> {
    const lifecycle = service?.state.lifecycle;
    if (lifecycle?.kind === 'exited' && lifecycle.exitCode === 0) return { outcome: { kind: 'completes' }, findings: [] };
    const findings = service === undefined ? [] : await this.#diagnose(service.spec.id);
    const why = reasonOf(service) ?? t('Stopped before it was ready.');
    return { outcome: { kind: 'failed', why, ...defined({ verdict: findings[0] }) }, findings };
  }

  /** A diagnosis that fails takes nothing from the outcome. */
  #diagnose(id: string): Promise<readonly Finding[]> {
    const run = { store: this.#store, output: () => Promise.resolve(this.#supervisor.output(id)) };
    return this.outside.diagnose?.(id, run).catch(() => []) ?? Promise.resolve([]);
  }

  /** Services of the trial that the verdict offers to start. */
  #neededBy(findings: readonly Finding[]): readonly string[] {
    const starts = (findings[0]?.actions ?? []).filter(({ command }) => command === commandIds.start);
    return starts.flatMap(({ arguments: [id] = [] }) =>
      typeof id === 'string' && this.#store.get(id) !== undefined ? [id] : [],
    );
  }

  #keyOf(id: string): string {
    return this.request.specs.find((spec) => spec.id === id)?.key ?? id;
  }
}

/**
 * It starts once, and ends no other process. Its path for health may be wrong, so an open port is enough, and that of a service that it
 * depends on may be as well: the order is kept by the trial. What runs already must not become a part of it.
 */
function forTrial(spec: ServiceSpec, running: ReadonlySet<string>): ServiceSpec {
  const { probe, port, dependsOn } = spec;
  const isPath = probe?.target.kind === 'http' && port !== undefined && probe.target.address.startsWith('/');
  return {
    ...spec,
    ...(isPath ? { probe: { ...probe, target: { kind: 'tcp', port } } } : {}),
    dependsOn: dependsOn
      .filter((each) => !running.has(each.id))
      .map((each) => (each.condition === 'healthy' ? { ...each, condition: 'started' } : each)),
    restart: 'no',
    onPortConflict: 'fail',
    autoStart: false,
  };
}

async function runningAlready(specs: readonly ServiceSpec[], { containers }: TestRunWorld): Promise<ReadonlySet<string>> {
  const found = await Promise.all(specs.map(async (spec) => ((await containerRuns(spec, containers)) ? [spec.id] : [])));
  return new Set(found.flat());
}

const progress = (service: Service | undefined): TestRun => ({
  kind: 'starting',
  ...defined({ reason: reasonOf(service) }),
});

const reasonOf = (service: Service | undefined): string | undefined =>
  service === undefined ? undefined : toSnapshot(service).reason;

const whyLate = (service: Service | undefined): string =>
  `${t('Not ready within {0} s.', readyTimeoutMs / 1000)} ${reasonOf(service) ?? ''}`.trim();

function leftOver(service: Service): [string, TestRunOutcome][] {
  const { lifecycle } = service.state;
  const stays = lifecycle.kind === 'failed' && ['cannotStop', 'portStillHeld'].includes(lifecycle.failure.kind);
  const { id, key } = service.spec;
  return stays ? [[id, { kind: 'failed', why: `${key}: ${reasonOf(service) ?? t('Stopped before it was ready.')}` }]] : [];
}
