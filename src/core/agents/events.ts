/** What happened to a service, from two states that follow each other. */
import { actorOf } from '../model/actor';
import type { Actor, RequestedBy } from '../model/actor';
import { defined } from '../model/defined';
import type { StopCause } from '../model/failure';
import { restartReason } from '../lifecycle/state';
import type { Lifecycle, Service } from '../lifecycle/state';
import { restartReasonWords } from '../wording/restartReason';
import { toSnapshot } from '../snapshot/toSnapshot';
import { quickVerdict } from './row';

export interface Happened {
  readonly what: 'started' | 'ready' | 'unhealthy' | 'recovered' | 'failed' | 'stopped' | 'restarted' | 'reloaded' | 'exited';
  readonly by?: Actor;
  readonly reason?: string;
  readonly verdict?: string;
}

/** Whether it only leads to a state with a process, or away from one: the state before it decides what happened. */
export const isOnTheWay = ({ kind }: Lifecycle): boolean => kind === 'queued' || kind === 'launching';

/** Empty when nothing worth an entry happened. Texts still hold what must not leave the machine. */
export function eventsBetween(before: Lifecycle, service: Service): readonly Happened[] {
  const now = service.state.lifecycle;
  if (before === now) return [];
  const hasBegun = runs(now) && (!runs(before) || before.run !== now.run);
  if (hasBegun) return [begun(before, now, service), ...(now.kind === 'running' ? [{ what: 'ready' } as const] : [])];
  if (before.kind === 'starting' && now.kind === 'running') return [readyAs(service)];
  if (runs(before) && runs(now)) return healthChange(before, service);
  return ended(before, service);
}

type Running = Extract<Lifecycle, { kind: 'starting' | 'running' }>;

const runs = (lifecycle: Lifecycle): lifecycle is Running => lifecycle.kind === 'starting' || lifecycle.kind === 'running';

/** A run that follows one of the same service at once is a restart. */
function begun(before: Lifecycle, now: Running, { state }: Service): Happened {
  const reason = restartReason(state);
  if (reason !== undefined) return { what: 'restarted', ...by('auto'), reason: restartReasonWords(reason) };
  const restarts = before.kind === 'stopping' || before.kind === 'backingOff' || runs(before);
  return { what: restarts ? 'restarted' : 'started', ...by(now.by) };
}

const by = (requestedBy: RequestedBy | undefined): { by?: Actor } =>
  defined({ by: requestedBy === undefined ? undefined : actorOf(requestedBy) });

const readyAs = (service: Service): Happened =>
  'health' in service.state.lifecycle && service.state.lifecycle.health.kind === 'unhealthy'
    ? explained('unhealthy', service)
    : { what: 'ready' };

function healthChange(before: Running, service: Service): readonly Happened[] {
  const now = service.state.lifecycle;
  const [from, to] = [before.health.kind, 'health' in now ? now.health.kind : 'none'];
  if (from === to) return [];
  if (to === 'unhealthy') return [explained('unhealthy', service)];
  if (to !== 'healthy') return [];
  if (from === 'reloading') return [{ what: 'reloaded' }];
  return from === 'unhealthy' ? [{ what: 'recovered' }] : [];
}

function ended(before: Lifecycle, service: Service): readonly Happened[] {
  const now = service.state.lifecycle;
  switch (now.kind) {
    case 'failed':
    case 'exited': {
      const isSame = before.kind === now.kind && before.run === now.run;
      const isExplained = now.awaiting === undefined && (!isSame || before.awaiting !== undefined);
      return isExplained ? [now.kind === 'failed' ? explained('failed', service) : { what: 'exited', ...reason(service) }] : [];
    }
    case 'backingOff':
      return [explained('failed', service)];
    case 'stopped':
      return now.cause.kind === 'never' || (before.kind === 'stopped' && before.run === now.run)
        ? []
        : [stopped(now.cause, service)];
    default:
      return [];
  }
}

const stopped = (cause: StopCause, service: Service): Happened => ({
  what: 'stopped',
  ...defined({ by: stopper(cause) }),
  ...reason(service),
});

function stopper(cause: StopCause): Actor | undefined {
  switch (cause.kind) {
    case 'command':
      return actorOf(cause.by ?? 'user');
    case 'ctrlC':
    case 'terminalClosed':
    case 'portFreed':
      return actorOf('user');
    case 'unhealthyTooLong':
      return actorOf('auto');
    default:
      return undefined;
  }
}

const reason = (service: Service): { reason?: string } => defined({ reason: toSnapshot(service).reason });

function explained(what: 'failed' | 'unhealthy', service: Service): Happened {
  const verdict = quickVerdict(service, (text) => text);
  return { what, ...reason(service), ...defined({ verdict: verdict?.code }) };
}
