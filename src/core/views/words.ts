/** The state of a service in words. Figures that change with the clock appear only when `now` (ms since the epoch) is given. */
import { waitingStateWords } from '../wording/dependencies';
import { openQuestion } from '../snapshot/openQuestion';
import { healthOf } from '../snapshot/toSnapshot';
import type { Service, Lifecycle, StepProgress } from '../lifecycle/state';
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import { wholeSeconds } from '../wording/span';

export function stateWords(service: Service, now?: number): string {
  const { lifecycle } = service.state;
  if (openQuestion(lifecycle) !== undefined) return t('Needs you');
  switch (lifecycle.kind) {
    case 'stopped':
      return lifecycle.cause.kind === 'never' ? t('Not started') : t('Stopped');
    case 'queued':
      return waitingWords(lifecycle, now);
    case 'launching':
      return lifecycle.phase.kind === 'setup' ? setupWords(lifecycle.phase.step) : t('Starting');
    case 'starting':
      return lifecycle.health.kind === 'unknown' || lifecycle.health.kind === 'none' ? t('Starting') : healthWords(lifecycle);
    case 'running':
      if (lifecycle.ended !== undefined) return t('Partly running');
      return lifecycle.health.kind === 'none' && service.spec.role === 'worker' ? t('Running') : healthWords(lifecycle);
    case 'stopping':
      return t('Stopping');
    case 'backingOff':
      return retryWords(service, lifecycle.until, now);
    case 'exited':
      return lifecycle.exitCode === undefined ? t('Exited') : t('Exited ({0})', lifecycle.exitCode);
    case 'failed':
      return lifecycle.failure.kind === 'gaveUp' ? t('Gave up') : t('Failed');
    case 'external':
      return externalWords(lifecycle);
  }
}

/** The words of the state are the whole reason, so that the reason would only repeat them. */
export const isSaidByWords = (lifecycle: Lifecycle): boolean =>
  (lifecycle.kind === 'queued' && lifecycle.waitingFor.length > 0) ||
  (lifecycle.kind === 'launching' && lifecycle.phase.kind === 'setup');

/** Returns when a passing state began (ms since the epoch); undefined for a lasting state. */
export function since(lifecycle: Lifecycle): number | undefined {
  switch (lifecycle.kind) {
    case 'launching':
      return lifecycle.phase.kind === 'setup' ? lifecycle.phase.step.since : lifecycle.since;
    case 'queued':
    case 'starting':
    case 'stopping':
      return lifecycle.since;
    case 'running':
      return lifecycle.health.kind === 'reloading' ? lifecycle.health.since : undefined;
    default:
      return undefined;
  }
}

/** `Setup: install (2 of 3)`; the numbers are omitted for a single step. */
const setupWords = ({ name, number, of }: StepProgress): string =>
  of > 1 ? t('Setup: {0} ({1} of {2})', name, number, of) : t('Setup: {0}', name);

function waitingWords(lifecycle: Extract<Lifecycle, { kind: 'queued' }>, now: number | undefined): string {
  if (lifecycle.waitingFor.length === 0) return t('Waiting');
  const services = lifecycle.waitingFor.map(({ id, state, since: from }) => {
    const details = [waitingStateWords(state), ...(now === undefined ? [] : [wholeSeconds(now - from)])];
    return `${id} (${details.join(', ')})`;
  });
  return t('Waiting for {0}', listOf(services, 'and'));
}

function retryWords({ spec, state }: Service, until: number, now: number | undefined): string {
  const attempt = Math.min(state.restarts.inARow + 1, spec.maxRestarts);
  if (now === undefined) return t('Retrying ({0} of {1})', attempt, spec.maxRestarts);
  // Rounded up, so that it never shows 0 while it is still waiting.
  const pause = wholeSeconds(Math.max(0, Math.ceil((until - now) / 1000)) * 1000);
  return t('Retrying in {0} ({1} of {2})', pause, attempt, spec.maxRestarts);
}

/** It accepts connections and does not respond: it is not down, and a restart would not fix what it is waiting for. */
function isHung(lifecycle: Lifecycle): boolean {
  const health = healthOf(lifecycle);
  return health?.kind === 'unhealthy' && health.last.failure.kind === 'noAnswer';
}

function healthWords(lifecycle: Lifecycle): string {
  switch (healthOf(lifecycle)?.kind) {
    case 'healthy':
      return t('Healthy');
    case 'unhealthy':
      return isHung(lifecycle) ? t('Hung') : t('Unhealthy');
    case 'reloading':
      return t('Reloading');
    case 'unknown':
      return t('Running (no response yet)');
    case 'none':
    case undefined:
      return t('Running (no health check)');
  }
}

function externalWords(lifecycle: Extract<Lifecycle, { kind: 'external' }>): string {
  switch (lifecycle.health.kind) {
    case 'healthy':
      return t('External, healthy');
    case 'unhealthy':
      return isHung(lifecycle) ? t('External, hung') : t('External, unhealthy');
    case 'reloading':
      return t('External, reloading');
    case 'unknown':
      return t('External, no response yet');
    case 'none':
      return t('External');
  }
}
