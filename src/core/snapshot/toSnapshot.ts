/** The snapshot of a service: what other extensions, the log and the views say about it. */
import { explain, explainHang, explainOwners, explainProbe, explainStop } from '../wording/explain';
import type { Failure, StopCause } from '../model/failure';
import type { Health, ProbeOutcome } from '../model/health';
import { t } from '../wording/l10n';
import type { ServiceSpec } from '../model/service';
import type { ServiceSnapshot, SnapshotHealth, SnapshotLifecycle } from './snapshot';
import type { Service, LaunchPhase, Lifecycle, StepProgress } from '../lifecycle/state';

/** Holds no ticking number, so that it changes only when something happened. */
export function toSnapshot({ spec, state }: Service): ServiceSnapshot {
  const { lifecycle } = state;
  const health = healthOf(lifecycle);
  return {
    id: spec.id,
    name: spec.key,
    role: spec.role,
    lifecycle: nameOf(lifecycle),
    health: healthName(spec, lifecycle, health),
    restarts: state.restarts.total,
    ...optional('reason', both(stateReason(spec, lifecycle), terminalReason(lifecycle))),
    ...optional('pid', processOf(lifecycle)?.pid),
    ...optional('port', spec.port),
    ...optional('url', urlOf(spec)),
    ...optional('startedAt', startedAt(lifecycle)),
    ...optional('exitCode', exitCodeOf(lifecycle)),
    ...optional('lastProbe', lastProbe(health)),
  };
}

/** What is known of a health, where there is one. */
export const healthOf = (lifecycle: Lifecycle): Health | undefined => ('health' in lifecycle ? lifecycle.health : undefined);

/** What "Open" opens: the configured address, else the root of the port. */
export function urlOf({ url, port }: ServiceSpec): string | undefined {
  if (url !== undefined && url !== '') return port === undefined ? url : url.replaceAll('${port}', String(port));
  return port === undefined ? undefined : `http://localhost:${port}/`;
}

/** The process goes on without its terminal. */
export const isTerminalLost = (lifecycle: Lifecycle): boolean => 'terminal' in lifecycle && lifecycle.terminal === 'lost';

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
  return 'failure' in lifecycle ? exitCodeOfFailure(lifecycle.failure) : undefined;
}

function exitCodeOfFailure(failure: Failure): number | undefined {
  if (failure.kind === 'gaveUp') return exitCodeOfFailure(failure.last);
  return failure.kind === 'crashed' ? failure.end.exitCode : undefined;
}

function lastProbe(health: Health | undefined): ServiceSnapshot['lastProbe'] {
  const last = lastOutcome(health);
  if (last === undefined) return undefined;
  return {
    at: last.at,
    ok: last.ok,
    ...optional('status', last.status),
    ...optional('latencyMs', last.latencyMs),
    ...(last.ok ? {} : { error: explainProbe(last.failure) }),
  };
}

const lastOutcome = (health: Health | undefined): ProbeOutcome | undefined =>
  health === undefined || health.kind === 'none' ? undefined : health.last;

/** Why it is as it is, terminal aside; undefined when the state says it all. */
export function stateReason(spec: ServiceSpec, lifecycle: Lifecycle): string | undefined {
  switch (lifecycle.kind) {
    case 'stopped':
      return isPlainStop(lifecycle.cause) ? undefined : explainStop(lifecycle.cause);
    case 'queued':
      return waitingReason(lifecycle.waitingFor);
    case 'launching':
      return launchingReason(spec, lifecycle.phase);
    case 'starting':
      return both(startingReason(spec, lifecycle.health), printedPortReason(spec, lifecycle));
    case 'running':
      return both(healthReason(lifecycle.health), printedPortReason(spec, lifecycle));
    case 'stopping':
      return stoppingReason(spec, lifecycle);
    case 'backingOff':
    case 'failed':
      return explain(lifecycle.failure);
    case 'exited':
      return lifecycle.exitCode === undefined
        ? t('It ended by itself.')
        : t('It ran to its end and exited with code {0}.', lifecycle.exitCode);
    case 'external':
      return both(
        t('Another program (pid {0}) serves its port and is only watched.', lifecycle.process.pid),
        lifecycle.health.kind === 'none' ? undefined : healthReason(lifecycle.health),
      );
  }
}

function launchingReason(spec: ServiceSpec, phase: LaunchPhase): string {
  switch (phase.kind) {
    case 'preparing':
      return t('It is being prepared and launched.');
    case 'setup':
      return `${setupWords(phase.step)}.`;
    case 'blocked':
      return explainOwners(spec.port ?? 0, phase.owners);
  }
}

/** `Setup: install (2 of 3)`; which one of how many is told only where there are several. */
export const setupWords = ({ name, number, of }: StepProgress): string =>
  of > 1 ? t('Setup: {0} ({1} of {2})', name, number, of) : t('Setup: {0}', name);

/** A healthy service needs no such word: what it prints may be one address of several. */
function printedPortReason(
  spec: ServiceSpec,
  { health, printedPort }: Extract<Lifecycle, { kind: 'starting' | 'running' }>,
): string | undefined {
  if (printedPort === undefined || health.kind === 'healthy') return undefined;
  return t(
    'Its output says that it listens on port {0}, not on {1}: correct "port" in services.json, or free its port.',
    printedPort,
    spec.port ?? t('any other'),
  );
}

const isPlainStop = ({ kind }: StopCause): boolean => kind === 'never' || kind === 'command';

function waitingReason(waitingFor: Extract<Lifecycle, { kind: 'queued' }>['waitingFor']): string {
  if (waitingFor.length === 0) return t('Waiting for the services it depends on.');
  return t('Waiting for {0}.', waitingFor.map(({ id, state }) => (state === '' ? id : `${id} (${state})`)).join(', '));
}

function startingReason(spec: ServiceSpec, health: Health): string {
  const last = lastOutcome(health);
  if (last?.ok === false) {
    return last.failure.kind === 'refused'
      ? t('Nothing listens on port {0} yet.', last.failure.port)
      : explainProbe(last.failure);
  }
  if (spec.readyLine !== undefined && spec.probe === undefined) return t('Waiting for its ready line in the output.');
  return last === undefined ? t('Waiting for its first answer.') : t('It answers; waiting for more answers in a row.');
}

function healthReason(health: Health): string | undefined {
  switch (health.kind) {
    case 'healthy':
      return undefined;
    case 'none':
      return t('It runs, but nothing tells whether it answers: give "port" or "health" in services.json.');
    case 'unknown':
      return health.last?.ok === false ? explainProbe(health.last.failure) : t('Waiting for its first answer.');
    case 'unhealthy':
      return both(explainProbe(health.last.failure), explainHang(health.evidence));
    case 'reloading':
      return t('It reloads after a change and does not answer at the moment.');
  }
}

const terminalReason = (lifecycle: Lifecycle): string | undefined =>
  isTerminalLost(lifecycle) ? t('Its terminal is lost while its process goes on: start it again to replace it.') : undefined;

function stoppingReason(spec: ServiceSpec, { phase, next, process }: Extract<Lifecycle, { kind: 'stopping' }>): string {
  const isLast = next === undefined;
  if (process === undefined && phase === 'asked')
    return isLast ? t('Its start is being called off.') : t('Its start is being called off, then it starts again.');
  if (phase === 'forced')
    return isLast
      ? t('It did not exit in time and is being killed.')
      : t('It did not exit in time and is being killed, then it starts again.');
  const how = spec.stopCommand === undefined ? spec.stopSignal : t('stop command');
  return isLast ? t('It was asked to exit ({0}).', how) : t('It was asked to exit ({0}), then it starts again.', how);
}

const both = (first: string | undefined, second: string | undefined): string | undefined =>
  first === undefined ? second : second === undefined ? first : `${first} ${second}`;

/** With exactOptionalPropertyTypes an absent key must be absent. */
function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  const entry: Partial<Record<string, V>> = value === undefined ? {} : { [key]: value };
  return entry;
}
