/** Starts a service that is not written down, looks whether it listens and answers, and ends it again without a trace. */
import { t } from '../../core/wording/l10n';
import { toSnapshot } from '../../core/snapshot/toSnapshot';
import type { ServiceSpec } from '../../core/model/service';
import type { Service } from '../../core/lifecycle/state';
import type { Trial, TrialOutcome } from '../../core/addServices/trial';
import { Lifetime, Slot } from '../lifetime';
import { settled } from '../settled';
import { stopAll } from '../stopAll';
import { Store } from '../store';
import { Supervisor } from '../supervisor';
import { confirm } from './trialConfirm';
import type { World } from '../world';

/** A server that is not there so long (ms) after the last one was launched is not what was found. */
const patience = 60_000;

/** What runs is the person's wish, but nobody is asked anything and nothing is remembered longer than the trial. */
export type TrialWorld = Pick<World, Exclude<keyof World, 'askAboutPort' | 'offerPort' | 'shouldReveal'>>;

export interface Trying {
  /** The service with all that it may depend on. */
  readonly specs: readonly ServiceSpec[];
  readonly id: string;
  readonly tell: (trial: Trial) => void;
  /** Ends it before its time. */
  readonly signal: AbortSignal;
}

/** Settles when every process of it is gone, or cannot be ended, which is the outcome then. */
export async function tryService({ specs, id, tell, signal }: Trying, outside: TrialWorld): Promise<TrialOutcome> {
  if (signal.aborted) return { kind: 'stopped' };
  const world: World = {
    ...outside,
    askAboutPort: () => Promise.resolve('cancel'),
    offerPort: () => undefined,
    shouldReveal: () => false,
  };
  const store = new Store();
  store.configure({ services: specs.map(forTrial), broken: [] });
  const supervisor = new Supervisor(store, world);
  const lifetime = new Lifetime();
  lifetime.add(store.onDidChange(() => tell(progress(store.get(id)))));
  const cut = cutShort(signal, store, world, lifetime);
  supervisor.start(id);
  const ready = Promise.race([settled(id, store, world.clock), cut.short]).then(async (first): Promise<TrialOutcome> => {
    if (first === 'stopped') return { kind: 'stopped' };
    if (first === 'late') return { kind: 'failed', why: whyLate(store.get(id)) };
    if (first?.state.lifecycle.kind !== 'running') return { kind: 'failed', why: whyNot(first) };
    return Promise.race([confirm(first, store, world), cut.stopped]);
  });
  const outcome = await ready;
  lifetime.dispose();
  tell({ kind: 'ending' });
  await stopAll(store, supervisor, world.clock);
  supervisor.dispose();
  return leftOver(store) ?? outcome;
}

/** Once, and in nobody's way. */
const forTrial = (spec: ServiceSpec): ServiceSpec => ({ ...spec, restart: 'no', onPortConflict: 'fail', autoStart: false });

interface Cut {
  readonly short: Promise<'stopped' | 'late'>;
  readonly stopped: Promise<TrialOutcome>;
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
    const look = (): void => {
      const now = store.services().map(stage).join();
      if (now === before) return;
      before = now;
      // An installation takes the time that it takes.
      timer.set(now.includes('setup') ? undefined : clock.after(patience, () => resolve('late')));
    };
    lifetime.add(store.onDidChange(look));
    look();
  });
  return { short: Promise.race([aborted, late]), stopped: aborted.then((kind) => ({ kind })) };
}

const stage = ({ state: { lifecycle } }: Service): string =>
  lifecycle.kind === 'launching' ? lifecycle.phase.kind : lifecycle.kind;

function progress(service: Service | undefined): Trial {
  const reason = reasonOf(service);
  return { kind: 'starting', ...(reason === undefined ? {} : { reason }) };
}

const reasonOf = (service: Service | undefined): string | undefined =>
  service === undefined ? undefined : toSnapshot(service).reason;

const whyNot = (service: Service | undefined): string => reasonOf(service) ?? t('It was stopped before it was ready.');

const whyLate = (service: Service | undefined): string =>
  `${t('Not ready within {0} s.', patience / 1000)} ${reasonOf(service) ?? ''}`.trim();

/** A try that leaves something behind has to say so, whatever else came of it. */
function leftOver(store: Store): TrialOutcome | undefined {
  for (const service of store.services()) {
    const { lifecycle } = service.state;
    const stays = lifecycle.kind === 'failed' && ['cannotStop', 'portStillHeld'].includes(lifecycle.failure.kind);
    if (stays) return { kind: 'failed', why: `${service.spec.key}: ${whyNot(service)}` };
  }
  return undefined;
}
