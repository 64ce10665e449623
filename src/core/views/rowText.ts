/** The text beside the name of a service: what its icon cannot show. It changes with no clock. */
import { portOf } from '../snapshot/portOf';
import { briefCause } from '../snapshot/briefCause';
import { healthOf, isTerminalLost } from '../snapshot/toSnapshot';
import { noRestarts, restartReason } from '../lifecycle/state';
import type { Service, ServiceState, Lifecycle, StepProgress } from '../lifecycle/state';
import type { ServiceSpec } from '../model/service';
import { brief, maxBriefLength } from '../wording/brief';
import { bytes, percent } from '../wording/figures';
import { t } from '../wording/l10n';
import { restartReasonWords } from '../wording/restartReason';
import { nameOf } from '../workspaceFiles/paths';
import { oneLine } from '../wording/text';
import { stateWords } from './words';

/**
 * What is shown of the response time: `latest`, or nothing that changes with a probe. VS Code parses a changed tooltip or lens as a whole,
 * which takes longer than all the probes of a hundred services.
 */
export type Figures = 'latest' | 'lasting';

/** Returns at most 32 characters of cause; the figures of a healthy service may be longer together. */
export function rowText(service: Service, figures: Figures = 'latest'): string {
  const { spec, state } = service;
  const { lifecycle } = state;
  const cause = briefCause(service);
  switch (lifecycle.kind) {
    case 'stopped':
      return cause ?? stateWords(service);
    case 'queued':
      return waitingText(service, lifecycle);
    case 'launching':
      return cause ?? (lifecycle.phase.kind === 'setup' ? setupText(lifecycle.phase.step) : startText(state));
    case 'starting':
      return cause ?? startText(state);
    case 'running':
    case 'external':
      return cause ?? runningText(spec, lifecycle, figures);
    case 'stopping':
      return restartText(state) ?? t('Stopping');
    case 'backingOff':
      return withRoom(cause ?? t('Failed'), t('retry {0} of {1}', attemptOf(service), spec.maxRestarts));
    case 'exited':
      return stateWords(service);
    case 'failed':
      return cause ?? stateWords(service);
  }
}

/** Returns how fast a healthy service responded, or how many failures in a row it had below its threshold. */
export function lastResponse({ spec: { probe }, state: { lifecycle } }: Pick<Service, 'spec' | 'state'>): string | undefined {
  const health = healthOf(lifecycle);
  // How long it takes to ask an engine says nothing about the service.
  if (health?.kind !== 'healthy' || probe?.target.kind === 'container') return undefined;
  if (health.last.ok) return latencyWords(health.last.latencyMs);
  return probe === undefined ? undefined : t('{0} of {1} probes failed', health.streak.failures, probe.failureThreshold);
}

/** The time that a healthy service took for its last response, in ms. */
export function lastLatency({ state: { lifecycle } }: Pick<Service, 'state'>): number | undefined {
  const health = healthOf(lifecycle);
  return health?.kind === 'healthy' && health.last.ok ? health.last.latencyMs : undefined;
}

/** Returns the processor time and the memory of its processes, as far as they are known. */
export function usageText({ usage }: Pick<Service, 'usage'>): string | undefined {
  if (usage === undefined) return undefined;
  const memory = bytes(usage.memory);
  return usage.cpu === undefined ? memory : `${percent(Math.round(usage.cpu))} · ${memory}`;
}

/** Rounds in steps, because a figure that changes with every probe is no information. The tooltip shows it exactly. */
function latencyWords(latencyMs: number): string {
  if (latencyMs < 7.5) return `${latencyMs < 1.5 ? 1 : latencyMs < 3.5 ? 2 : 5} ms`;
  const step = latencyMs < 100 ? 10 : 100;
  return `${Math.max(10, Math.round(latencyMs / step) * step)} ms`;
}

function runningText(
  spec: ServiceSpec,
  lifecycle: Extract<Lifecycle, { kind: 'running' | 'external' }>,
  figures: Figures,
): string {
  const { health } = lifecycle;
  const port = portOf({ spec, state: { lifecycle, restarts: noRestarts } });
  const isMereLatency = health.kind === 'healthy' && health.last.ok;
  const parts = [
    healthText(lifecycle),
    port === undefined ? undefined : `:${port}`,
    figures === 'lasting' && isMereLatency ? undefined : lastResponse({ spec, state: { lifecycle, restarts: noRestarts } }),
    lifecycle.kind === 'external' ? t('pid {0}', lifecycle.process.pid) : undefined,
    lifecycle.kind === 'running' && lifecycle.by === 'found' ? t('was already running') : undefined,
    isTerminalLost(lifecycle) ? t('no terminal') : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' · ') || t('Running');
}

/** A healthy service is described by its figures. */
function healthText({ kind, health }: Extract<Lifecycle, { kind: 'running' | 'external' }>): string | undefined {
  switch (health.kind) {
    case 'reloading':
      return t('Reloading');
    case 'unknown':
      return t('No response yet');
    case 'none':
      return kind === 'external' ? undefined : t('Running');
    case 'healthy':
    case 'unhealthy':
      return undefined;
  }
}

function waitingText(service: Service, { waitingFor }: Extract<Lifecycle, { kind: 'queued' }>): string {
  const words = oneLine(stateWords(service));
  const [first, ...others] = waitingFor;
  if (first === undefined || Array.from(words).length <= maxBriefLength) return words;
  const count = others.length;
  return count === 0
    ? brief((name) => t('Waiting for {0}', name), first.id)()
    : brief((name) => t('Waiting for {0} +{1}', name, count), first.id)();
}

const startText = (state: ServiceState): string => restartText(state) ?? t('Starting');

function restartText(state: ServiceState): string | undefined {
  const reason = restartReason(state);
  if (reason === undefined) return undefined;
  const words = (name: string): string =>
    restartReasonWords(reason.kind === 'changed' ? { ...reason, file: name } : { ...reason, id: name });
  return brief(words, reason.kind === 'changed' ? nameOf(reason.file) : reason.id)();
}

const setupText = ({ name, number, of }: StepProgress): string =>
  of > 1
    ? brief((step) => t('Setup: {0} ({1} of {2})', step, number, of), name)()
    : brief((step) => t('Setup: {0}', step), name)();

export const attemptOf = ({ spec, state }: Service): number => Math.min(state.restarts.inARow + 1, spec.maxRestarts);

/** The cause comes first; what has no room beside it is in the tooltip. */
const withRoom = (cause: string, more: string): string => {
  const both = `${cause} · ${more}`;
  return Array.from(both).length <= maxBriefLength ? both : cause;
};
