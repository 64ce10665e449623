/** Makes the snapshot of a service, which other extensions, the log and the views read. */
import { actorOf } from '../model/actor';
import { waitingStateWords } from '../wording/dependencies';
import { defined } from '../model/defined';
import type { Failure, StopCause } from '../model/failure';
import { isPreparing } from '../model/health';
import type { Health, ProbeOutcome } from '../model/health';
import type { MovedAddress } from '../model/movedAddress';
import type { ServiceSpec } from '../model/service';
import { doubtfulStatus } from '../model/unprovenPath';
import { restartReason } from '../lifecycle/state';
import type { Service, ServiceState, LaunchPhase, Lifecycle, StepProgress } from '../lifecycle/state';
import { explain, explainStop, stopWayWords } from '../wording/explain';
import { explainEnded } from '../wording/explainEnded';
import { explainHang } from '../wording/explainHang';
import { explainProbe, explainWrongPath } from '../wording/explainProbe';
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import { explainOwners } from '../wording/owners';
import { restartReasonWords } from '../wording/restartReason';
import { removed, withoutCredentials } from '../wording/secrets';
import { asSentence, sentences } from '../wording/sentence';
import { briefCause } from './briefCause';
import { hostOf, portOf } from './portOf';
import { openQuestion } from './openQuestion';
import type { ServiceSnapshot, SnapshotHealth, SnapshotLifecycle } from './snapshot';

/** Contains no number that changes with the clock, so that equal snapshots mean that nothing happened. */
export function toSnapshot(service: Service): ServiceSnapshot {
  const { spec, state, verdict } = service;
  const { lifecycle } = state;
  const health = healthOf(lifecycle);
  const port = portOf(service);
  return defined({
    id: spec.id,
    name: spec.key,
    role: spec.role,
    groups: spec.groups,
    lifecycle: nameOf(lifecycle),
    health: healthName(spec, lifecycle, health),
    restarts: state.restarts.total,
    reason: reasonOf(service),
    cause: briefCause(service),
    verdict: verdict === undefined ? undefined : { code: verdict.code, title: verdict.title, short: verdict.short },
    pid: processOf(lifecycle)?.pid,
    port,
    url: urlOf(spec, port, hostOf(state)),
    startedAt: startedAt(lifecycle),
    startedBy: 'by' in lifecycle ? actorOf(lifecycle.by) : undefined,
    cpu: service.usage?.cpu,
    memory: service.usage?.memory,
    exitCode: exitCodeOf(lifecycle),
    lastProbe: lastProbe(health),
  });
}

/** Why a service is in its state, in sentences; undefined where there is nothing to explain. */
export function reasonOf({ spec, state, moved }: Pick<Service, 'spec' | 'state' | 'moved'>): string | undefined {
  const { lifecycle } = state;
  const reasons = both(both(restartSentence(state), stateReason(spec, lifecycle)), terminalReason(lifecycle));
  return sentences(oldAddressReason(lifecycle, moved), reasons) || undefined;
}

function oldAddressReason({ kind }: Lifecycle, moved: readonly MovedAddress[] = []): string | undefined {
  if (kind !== 'starting' && kind !== 'running') return undefined;
  const each = moved.map(({ id, before, now }) => t('{0} (port {1}, now {2})', id, before, now));
  return each.length === 0
    ? undefined
    : t('Started with an old address of {0}. Restart it to use the new one.', listOf(each, 'and'));
}

/** While the restart is under way; afterwards it is history. */
function restartSentence(state: ServiceState): string | undefined {
  const { kind } = state.lifecycle;
  const reason = kind === 'running' || kind === 'failed' ? undefined : restartReason(state);
  return reason === undefined ? undefined : t('Restarting: {0}.', restartReasonWords(reason));
}

/** Returns the health; undefined in a state without one. */
export const healthOf = (lifecycle: Lifecycle): Health | undefined => ('health' in lifecycle ? lifecycle.health : undefined);

/** Returns what "Open" opens: the configured address, or else the root of the port, which is the one of `portOf`, at `host`. */
export function urlOf({ url }: ServiceSpec, port: number | undefined, host = 'localhost'): string | undefined {
  if (url !== undefined && url !== '') return port === undefined ? url : url.replaceAll('${port}', String(port));
  return port === undefined ? undefined : `http://${host}:${port}/`;
}

/** The process is running without its terminal. */
export const isTerminalLost = (lifecycle: Lifecycle): boolean => 'terminal' in lifecycle && lifecycle.terminal !== 'attached';

const nameOf = ({ kind }: Lifecycle): SnapshotLifecycle => (kind === 'launching' ? 'starting' : kind);

function healthName(spec: ServiceSpec, lifecycle: Lifecycle, health: Health | undefined): SnapshotHealth {
  if (health !== undefined) return health.kind;
  const runs = lifecycle.kind === 'launching' || lifecycle.kind === 'stopping';
  return runs && spec.probe !== undefined ? 'unknown' : 'none';
}

const processOf = (lifecycle: Lifecycle): { readonly pid: number } | undefined =>
  'process' in lifecycle ? lifecycle.process : undefined;

function startedAt(lifecycle: Lifecycle): number | undefined {
  if (lifecycle.kind === 'running') return lifecycle.startedAt;
  return lifecycle.kind === 'starting' ? lifecycle.since : undefined;
}

function exitCodeOf(lifecycle: Lifecycle): number | undefined {
  if (lifecycle.kind === 'exited') return lifecycle.exitCode;
  if (lifecycle.kind === 'stopped')
    return lifecycle.cause.kind === 'dismissed' ? exitCodeOfFailure(lifecycle.cause.failure) : undefined;
  return 'failure' in lifecycle ? exitCodeOfFailure(lifecycle.failure) : undefined;
}

function exitCodeOfFailure(failure: Failure): number | undefined {
  if (failure.kind === 'gaveUp') return exitCodeOfFailure(failure.last);
  return failure.kind === 'crashed' ? failure.end.exitCode : undefined;
}

function lastProbe(health: Health | undefined): ServiceSnapshot['lastProbe'] {
  const last = lastOutcome(health);
  if (last === undefined) return undefined;
  return defined({
    at: last.at,
    ok: last.ok,
    status: last.status,
    latencyMs: last.latencyMs,
    error: last.ok ? undefined : explainProbe(last.failure),
  });
}

const lastOutcome = (health: Health | undefined): ProbeOutcome | undefined =>
  health === undefined || health.kind === 'none' ? undefined : health.last;

/** Explains the state, without what concerns the terminal; undefined when the state needs no explanation. */
export function stateReason(spec: ServiceSpec, lifecycle: Lifecycle): string | undefined {
  switch (lifecycle.kind) {
    case 'stopped':
      return isPlainStop(lifecycle.cause) ? undefined : explainStop(lifecycle.cause);
    case 'queued':
      return waitingReason(lifecycle.waitingFor);
    case 'launching':
      return launchingReason(spec, lifecycle.phase);
    case 'starting':
      return both(both(attention(spec, lifecycle), startingReason(spec, lifecycle.health)), foundReason(lifecycle));
    case 'running':
      return both(
        both(attention(spec, lifecycle), unreadReason(lifecycle) ?? healthReason(spec, lifecycle.health)),
        foundReason(lifecycle),
      );
    case 'stopping':
      return stoppingReason(lifecycle);
    case 'backingOff':
    case 'failed':
      return explain(lifecycle.failure);
    case 'exited':
      return lifecycle.exitCode === undefined
        ? t('Exited; the exit code is unknown.')
        : t('Exited with code {0}.', lifecycle.exitCode);
    case 'external':
      return both(
        lifecycle.health.kind === 'none' ? undefined : healthReason(spec, lifecycle.health),
        t('Port in use by another process (pid {0}); monitoring only.', lifecycle.process.pid),
      );
  }
}

const foundReason = ({ by }: Extract<Lifecycle, { kind: 'starting' | 'running' }>): string | undefined =>
  by === 'found' ? t('Its container was already running when the folder was opened.') : undefined;

function launchingReason(spec: ServiceSpec, phase: LaunchPhase): string {
  switch (phase.kind) {
    case 'preparing':
      return t('Preparing to launch…');
    case 'portClosing':
      return t('Port {0} is still closing; it is started once the port is free.', phase.port);
    case 'setup':
      return setupReason(phase.step);
    case 'blocked':
      return explainOwners(spec.port ?? 0, phase.owners);
  }
}

const setupReason = ({ name, number, of }: StepProgress): string =>
  of > 1 ? t('Running setup step "{0}" ({1} of {2}).', name, number, of) : t('Running setup step "{0}".', name);

/** What the user should see first, whatever the probes say. */
const attention = (spec: ServiceSpec, lifecycle: Extract<Lifecycle, { kind: 'starting' | 'running' }>): string | undefined =>
  both(
    lifecycle.ended === undefined ? undefined : explainEnded(lifecycle.ended),
    pausedReason(lifecycle) ?? questionReason(lifecycle) ?? printedPortReason(spec, lifecycle),
  );

/** It does nothing until it is continued. */
const pausedReason = ({ paused }: Extract<Lifecycle, { kind: 'starting' | 'running' }>): string | undefined =>
  paused === undefined ? undefined : t('Paused in the debugger.');

/** A healthy service works, whatever it asks. */
const questionReason = (lifecycle: Extract<Lifecycle, { kind: 'starting' | 'running' }>): string | undefined =>
  openQuestion(lifecycle) !== 'terminal'
    ? undefined
    : t(
        'Waiting for an answer in the terminal: {0}',
        asSentence(withoutCredentials(lifecycle.question ?? '').replaceAll(removed, t('[removed]'))),
      );

/** A healthy service gets no such reason: the port that it prints may be one of several. */
function printedPortReason(
  spec: ServiceSpec,
  { health, printedPort }: Extract<Lifecycle, { kind: 'starting' | 'running' }>,
): string | undefined {
  if (printedPort === undefined || health.kind === 'healthy') return undefined;
  if (spec.port !== undefined && spec.portChoice !== undefined)
    return t('Its output reports port {0}, not {1}. Pass ${port} to it in "command".', printedPort, spec.port);
  return spec.port === undefined
    ? t('Its output reports port {0}. Add "port" in services.json.', printedPort)
    : t('Its output reports port {0}, not {1}. Correct "port" in services.json, or free port {1}.', printedPort, spec.port);
}

const unreadReason = ({ readyLine }: Extract<Lifecycle, { kind: 'running' }>): string | undefined =>
  readyLine === undefined
    ? undefined
    : t('Its ready line is not read: this version of VS Code does not report the output of a first run.');

const isPlainStop = (cause: StopCause): boolean => cause.kind === 'never' || (cause.kind === 'command' && cause.by === undefined);

function waitingReason(waitingFor: Extract<Lifecycle, { kind: 'queued' }>['waitingFor']): string {
  if (waitingFor.length === 0) return t('Waiting for the services it depends on.');
  const services = waitingFor.map(({ id, state }) => `${id} (${waitingStateWords(state)})`);
  return t('Waiting for {0}.', listOf(services, 'and'));
}

function startingReason(spec: ServiceSpec, health: Health): string {
  const last = lastOutcome(health);
  if (last?.ok === false) {
    if (isPreparing(last) && last.failure.kind === 'container')
      return t('The container is being prepared: the terminal shows the progress.');
    return last.failure.kind === 'refused'
      ? t('Nothing is listening on port {0} yet.', last.failure.port)
      : explainProbe(last.failure);
  }
  if (spec.readyLine !== undefined && spec.probe === undefined) return t('Waiting for the ready line in its output.');
  return last === undefined
    ? t('Waiting for the first response.')
    : t('Responding; waiting for more successful probes in a row.');
}

/** A worker is meant to have nothing that could be probed. */
function healthReason({ role, probe }: ServiceSpec, health: Health): string | undefined {
  switch (health.kind) {
    case 'healthy': {
      const status = doubtfulStatus(probe, health);
      return status === undefined || probe === undefined ? undefined : explainWrongPath(probe, status);
    }
    case 'none':
      if (role === 'worker') return undefined;
      return t('Running without a health check. Add "port" or "health" in services.json.');
    case 'unknown':
      return health.last?.ok === false ? explainProbe(health.last.failure) : t('Waiting for the first response.');
    case 'unhealthy':
      return both(explainHang(health.evidence), explainProbe(health.last.failure));
    case 'reloading':
      return t('Reloading after a change; not responding yet.');
  }
}

const terminalReason = (lifecycle: Lifecycle): string | undefined =>
  isTerminalLost(lifecycle) ? t('Running without a terminal. Start it again to get one.') : undefined;

function stoppingReason({ phase, next, process, asked }: Extract<Lifecycle, { kind: 'stopping' }>): string {
  const isLast = next === undefined;
  if (process === undefined && phase === 'asked')
    return isLast ? t('Cancelling the start…') : t('Cancelling the start, then restarting…');
  if (asked === 'nothing') return isLast ? t('Killing it…') : t('Killing it, then restarting…');
  if (phase === 'forced')
    return isLast ? t('Did not exit in time; killing it…') : t('Did not exit in time; killing it, then restarting…');
  if (asked === undefined) return t('Waiting for it to exit…');
  const how = stopWayWords(asked);
  return isLast ? t('Waiting for it to exit ({0})…', how) : t('Waiting for it to exit ({0}), then restarting…', how);
}

const both = (first: string | undefined, second: string | undefined): string | undefined => sentences(first, second) || undefined;
