/** Starts a service that is not in services.json, checks whether it listens and responds, and ends it again. Nothing of it stays. */
import { defined } from '../../core/model/defined';
import { t } from '../../core/wording/l10n';
import { toSnapshot } from '../../core/snapshot/toSnapshot';
import { LogStore } from '../../core/output/logStore';
import type { ServiceSpec } from '../../core/model/service';
import type { Service } from '../../core/lifecycle/state';
import type { TestRun, TestRunOutcome } from '../../core/addServices/testRun';
import { Lifetime, Slot } from '../lifetime';
import { settled } from '../settled';
import { stopAll } from '../stopAll';
import { Store } from '../store';
import { Supervisor } from '../supervisor';
import { confirmTestRun } from './confirmTestRun';
import type { World } from '../world';

/** Counts from the latest launch: a server that takes longer is not the service that was found. */
const readyTimeoutMs = 60_000;

/** Without the ports that ask the user: a test run asks nothing, and remembers nothing after its end. */
export type TestRunWorld = Pick<World, Exclude<keyof World, 'askAboutPort' | 'offerPort' | 'shouldReveal'>>;

export interface TestRunRequest {
  /** The service and those that it may depend on. */
  readonly specs: readonly ServiceSpec[];
  readonly id: string;
  readonly report: (testRun: TestRun) => void;
  /** Stops the test run. */
  readonly signal: AbortSignal;
}

/** Settles when all processes of the service are gone, or cannot be ended, which is the outcome then. */
export async function performTestRun(
  { specs, id, report, signal }: TestRunRequest,
  outside: TestRunWorld,
): Promise<TestRunOutcome> {
  if (signal.aborted) return { kind: 'stopped' };
  const world: World = {
    ...outside,
    logs: new LogStore(),
    askAboutPort: () => Promise.resolve('cancel'),
    offerPort: () => undefined,
    shouldReveal: () => false,
  };
  const store = new Store();
  store.configure({ services: specs.map(forTestRun), broken: [] });
  const supervisor = new Supervisor(store, world);
  const lifetime = new Lifetime();
  lifetime.add(store.onDidChange(() => report(progress(store.get(id)))));
  const cut = cutShort(signal, store, world, lifetime);
  supervisor.start(id);
  const ready = Promise.race([settled(id, store, world.clock), cut.short]).then(async (first): Promise<TestRunOutcome> => {
    if (first === 'stopped') return { kind: 'stopped' };
    if (first === 'late') return { kind: 'failed', why: whyLate(store.get(id)) };
    if (first?.state.lifecycle.kind !== 'running') return { kind: 'failed', why: whyNot(first) };
    return Promise.race([confirmTestRun(first, store, world), cut.stopped]);
  });
  const outcome = await ready;
  lifetime.dispose();
  report({ kind: 'ending' });
  await stopAll(store, supervisor, world.clock);
  supervisor.dispose();
  return leftOver(store) ?? outcome;
}

/** It starts once, and ends no other process. */
const forTestRun = (spec: ServiceSpec): ServiceSpec => ({ ...spec, restart: 'no', onPortConflict: 'fail', autoStart: false });

interface Cut {
  readonly short: Promise<'stopped' | 'late'>;
  readonly stopped: Promise<TestRunOutcome>;
}

function cutShort(signal: AbortSignal, store: Store, { clock }: World, lifetime: Lifetime): Cut {
  const aborted = new Promise<'stopped'>((resolve) => {
    const stop = (): void => resolve('stopped');
    signal.addEventListener('abort', stop, { once: true });
    lifetime.add({ dispose: () => signal.removeEventListener('abort', stop) });
  });
  const late = new Promise<'late'>((resolve) => {
    const timer = lifetime.add(new Slot());
    let before = '';
    const restartTimer = (): void => {
      const now = store.services().map(stage).join();
      if (now === before) return;
      before = now;
      // An installation may take any time.
      timer.set(now.includes('setup') ? undefined : clock.after(readyTimeoutMs, () => resolve('late')));
    };
    lifetime.add(store.onDidChange(restartTimer));
    restartTimer();
  });
  return { short: Promise.race([aborted, late]), stopped: aborted.then((kind) => ({ kind })) };
}

const stage = ({ state: { lifecycle } }: Service): string =>
  lifecycle.kind === 'launching' ? lifecycle.phase.kind : lifecycle.kind;

const progress = (service: Service | undefined): TestRun => ({
  kind: 'starting',
  ...defined({ reason: reasonOf(service) }),
});

const reasonOf = (service: Service | undefined): string | undefined =>
  service === undefined ? undefined : toSnapshot(service).reason;

const whyNot = (service: Service | undefined): string => reasonOf(service) ?? t('Stopped before it was ready.');

const whyLate = (service: Service | undefined): string =>
  `${t('Not ready within {0} s.', readyTimeoutMs / 1000)} ${reasonOf(service) ?? ''}`.trim();

/** A process or a port that the test run could not release is the outcome, whatever else was seen. */
function leftOver(store: Store): TestRunOutcome | undefined {
  for (const service of store.services()) {
    const { lifecycle } = service.state;
    const stays = lifecycle.kind === 'failed' && ['cannotStop', 'portStillHeld'].includes(lifecycle.failure.kind);
    if (stays) return { kind: 'failed', why: `${service.spec.key}: ${whyNot(service)}` };
  }
  return undefined;
}
