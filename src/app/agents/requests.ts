/** Starts, stops, restarts and waits for a program: idempotent, shared by all who ask, and with an outcome in every case. */
import type { Arguments } from '../../core/agents/arguments';
import type { Outcome, OutcomeReply } from '../../core/agents/outcome';
import { isSuccess } from '../../core/agents/outcome';
import { ownersOf, quickVerdict, rowOf } from '../../core/agents/row';
import type { Clean } from '../../core/agents/row';
import type { Failure } from '../../core/model/failure';
import { defined } from '../../core/model/defined';
import type { Lifecycle, Service } from '../../core/lifecycle/state';
import { t } from '../../core/wording/l10n';
import { dependents } from '../stopAll';
import type { Caller, EngineParts } from './engineParts';
import { waitFor } from './waiting';
import type { Waited } from './waiting';

const defaultTimeoutS = 60;
const lastLines = 30;
/** A stop that takes longer is reported as it is. */
const stopTimeoutMs = 120_000;

type Goal = 'healthy' | 'running' | 'stopped';

export class Requests {
  constructor(
    private readonly parts: EngineParts,
    private readonly cleanerOf: (service: Service) => Promise<Clean>,
  ) {}

  async start(service: Service, given: Arguments, caller: Caller): Promise<OutcomeReply> {
    if (!this.parts.isTrusted()) return this.#reply('notTrusted', service);
    const { lifecycle } = service.state;
    const runs = lifecycle.kind === 'running';
    const isUnderWay = runs || isStarting(lifecycle) || lifecycle.kind === 'external';
    if (!isUnderWay) this.parts.supervisor.start(service.spec.id, caller.by);
    return this.#awaitStart(service, given, { caller, success: runs ? 'alreadyRunning' : 'started' });
  }

  async restart(service: Service, given: Arguments, caller: Caller): Promise<OutcomeReply> {
    if (!this.parts.isTrusted()) return this.#reply('notTrusted', service);
    const { lifecycle } = service.state;
    // A restart or a start that is under way is shared.
    const isUnderWay = isStarting(lifecycle) || (lifecycle.kind === 'stopping' && lifecycle.next !== undefined);
    if (!isUnderWay && lifecycle.kind !== 'external') this.parts.supervisor.restart(service.spec.id, caller.by);
    return this.#awaitStart(service, given, { caller, success: 'restarted' });
  }

  /** Waits for a restart that was requested already. */
  async restarted(service: Service, given: Arguments, caller: Caller): Promise<OutcomeReply> {
    return this.parts.isTrusted()
      ? this.#awaitStart(service, given, { caller, success: 'restarted' })
      : this.#reply('notTrusted', service);
  }

  async stop(service: Service, caller: Caller): Promise<OutcomeReply> {
    const { lifecycle } = service.state;
    if (!this.parts.isTrusted()) return this.#reply('notTrusted', service);
    if (lifecycle.kind === 'external') {
      const next = t('It runs outside of this editor and is only monitored; it is not ended.');
      return { ...(await this.#reply('failed', service)), next };
    }
    if (isOverState(lifecycle) && !resists(lifecycle)) return this.#reply('alreadyStopped', service);
    const pid = 'process' in lifecycle ? lifecycle.process?.pid : undefined;
    const needing = dependents(service.spec.id, this.parts.store.services()).map(({ spec }) => spec.id);
    this.parts.supervisor.stop(service.spec.id, caller.by);
    const waited = await this.#wait(service, isOver, { caller, timeoutMs: stopTimeoutMs });
    const after = 'service' in waited ? waited.service : undefined;
    const end = after?.state.lifecycle;
    const ended = defined({ pid, forced: forcedPids(end) });
    const reply = await this.#reply(stopOutcome(waited, end), after ?? service);
    return { ...reply, ended, ...(needing.length === 0 ? {} : { dependents: needing }) };
  }

  async wait(service: Service, given: Arguments, caller: Caller): Promise<OutcomeReply> {
    const status = given['status'] as Goal;
    const waited = await this.#wait(service, (now) => isReached(now, status) || isHopeless(now, status), {
      caller,
      timeoutMs: timeoutOf(given),
    });
    const after = 'service' in waited ? (waited.service ?? service) : service;
    if (waited.kind === 'done' && isReached(waited.service, status)) return this.#reply('reached', after);
    return this.#reply(waited.kind === 'done' ? failureOutcome(waited.service.state.lifecycle) : notDone(waited), after);
  }

  async #awaitStart(
    service: Service,
    given: Arguments,
    { caller, success }: { readonly caller: Caller; readonly success: Outcome },
  ): Promise<OutcomeReply> {
    if (given['wait'] === 'none') {
      await this.parts.supervisor.delivered();
      return this.#reply(success, this.parts.store.find(service.spec) ?? service);
    }
    const goal: Goal = given['wait'] === 'running' ? 'running' : 'healthy';
    const isDone = (now: Service): boolean => isReached(now, goal) || isStartOver(now);
    const waited = await this.#wait(service, isDone, { caller, timeoutMs: timeoutOf(given) });
    const after = 'service' in waited ? (waited.service ?? service) : service;
    if (waited.kind !== 'done') return this.#reply(notDone(waited), after);
    const { lifecycle } = waited.service.state;
    if (lifecycle.kind === 'external') return this.#reply('adopted', after);
    if (isReached(waited.service, goal)) return this.#reply(success, after);
    if (lifecycle.kind === 'running' && success === 'alreadyRunning') return this.#unwell(after);
    return this.#reply(failureOutcome(lifecycle), after);
  }

  /** It runs, but not well: no start helps, and no second copy is made. */
  async #unwell(service: Service): Promise<OutcomeReply> {
    return { ...(await this.#reply('failed', service)), outcome: 'alreadyRunning' };
  }

  /** Another window may carry the request out: its first effect has to be seen before anything is judged. */
  async #wait(
    { spec }: Service,
    isDone: (service: Service) => boolean,
    { caller, timeoutMs }: { readonly caller: Caller; readonly timeoutMs: number },
  ): Promise<Waited> {
    const { store, clock, supervisor } = this.parts;
    const end = clock.elapsed() + timeoutMs;
    await supervisor.delivered();
    const left = Math.max(0, end - clock.elapsed());
    return waitFor({ identity: spec, isDone, timeoutMs: left, signal: caller.signal }, store, clock);
  }

  async #reply(outcome: Outcome, service: Service): Promise<OutcomeReply> {
    const [clean, externalUrl] = await Promise.all([this.cleanerOf(service), this.parts.externalUrl(service)]);
    const row = rowOf(service, clean, externalUrl);
    if (isSuccess(outcome)) return { outcome, service: row };
    if (outcome === 'notTrusted')
      return {
        outcome,
        service: row,
        next: 'The user has to trust this workspace in VS Code first. Do not start it in a terminal.',
      };
    const [findings, { lines }] = await Promise.all([
      this.parts.diagnose(service.spec.id).catch(() => []),
      this.parts.output(service),
    ]);
    const [finding] = findings;
    const quick = quickVerdict(service, clean);
    const verdict = finding === undefined ? quick : { code: finding.code, sentence: clean(finding.title) };
    const owners = ownersOf(service.state.lifecycle, clean);
    const next = finding === undefined ? undefined : clean(finding.detail);
    return defined({ outcome, service: row, verdict, next, owners, lines: lines.slice(-lastLines).map(clean) });
  }
}

const timeoutOf = (given: Arguments): number =>
  (typeof given['timeoutSeconds'] === 'number' ? given['timeoutSeconds'] : defaultTimeoutS) * 1000;

const resists = (lifecycle: Lifecycle): boolean => lifecycle.kind === 'failed' && lifecycle.failure.kind === 'cannotStop';

const isStarting = ({ kind }: Lifecycle): boolean => kind === 'queued' || kind === 'launching' || kind === 'starting';

const isAwaited = (lifecycle: Lifecycle): boolean => 'awaiting' in lifecycle;

function isReached({ state: { lifecycle } }: Service, goal: Goal): boolean {
  if (goal === 'stopped') return isOverState(lifecycle);
  const hasProcess = lifecycle.kind === 'starting' || lifecycle.kind === 'running' || lifecycle.kind === 'external';
  if (!hasProcess) return false;
  if (goal === 'running') return true;
  if (lifecycle.kind === 'starting') return false;
  return lifecycle.health.kind === 'healthy' || lifecycle.health.kind === 'none';
}

const isOver = ({ state }: Service): boolean => isOverState(state.lifecycle);

/** Nothing of it runs any more, and why is known. */
const isOverState = (lifecycle: Lifecycle): boolean =>
  lifecycle.kind === 'stopped' || ((lifecycle.kind === 'exited' || lifecycle.kind === 'failed') && !isAwaited(lifecycle));

/** Further waiting for the end of a start brings nothing: a retry is reported with its cause, a question to the user as well. */
function isStartOver(service: Service): boolean {
  const { lifecycle } = service.state;
  if (isOverState(lifecycle) || lifecycle.kind === 'backingOff') return true;
  if (lifecycle.kind === 'launching') return lifecycle.phase.kind === 'blocked';
  return (lifecycle.kind === 'running' || lifecycle.kind === 'external') && lifecycle.health.kind === 'unhealthy';
}

/** A wait goes on while an automatic restart or a start may help; what has failed stays as it is. */
const isHopeless = (service: Service, goal: Goal): boolean =>
  goal !== 'stopped' && ((isOver(service) && service.state.lifecycle.kind !== 'stopped') || isBlocked(service.state.lifecycle));

const isBlocked = (lifecycle: Lifecycle): boolean => lifecycle.kind === 'launching' && lifecycle.phase.kind === 'blocked';

const notDone = (waited: Exclude<Waited, { kind: 'done' }>): Outcome =>
  waited.kind === 'gone' ? 'notConfigured' : waited.kind === 'timeout' ? 'timeout' : 'cancelled';

const forcedPids = (end: Lifecycle | undefined): readonly number[] | undefined =>
  end?.kind === 'stopped' && end.cause.kind === 'forced' ? end.cause.pids : undefined;

function stopOutcome(waited: Waited, end: Lifecycle | undefined): Outcome {
  if (waited.kind === 'timeout' || waited.kind === 'cancelled') return notDone(waited);
  return end?.kind === 'failed' && (end.failure.kind === 'cannotStop' || end.failure.kind === 'portStillHeld')
    ? 'failed'
    : 'stopped';
}

function failureOutcome(lifecycle: Lifecycle): Outcome {
  if (isBlocked(lifecycle)) return 'portTaken';
  // Somebody stopped it meanwhile.
  if (lifecycle.kind === 'stopped') return 'cancelled';
  return 'failure' in lifecycle ? outcomeOf(lifecycle.failure) : 'failed';
}

function outcomeOf(failure: Failure): Outcome {
  switch (failure.kind) {
    case 'portTaken':
      return 'portTaken';
    case 'setup':
      return 'setupFailed';
    case 'dependency':
      return 'dependencyFailed';
    case 'launch':
      return failure.failure.kind === 'untrusted' ? 'notTrusted' : 'failed';
    case 'gaveUp':
      return outcomeOf(failure.last);
    default:
      return 'failed';
  }
}
