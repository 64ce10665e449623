/** The words on screen for every state. Counting figures appear only when `now` (ms since the epoch) is given. */
import { t } from '../wording/l10n';
import { healthOf, setupWords } from '../snapshot/toSnapshot';
import type { Service, Lifecycle } from '../lifecycle/state';
import { wholeSeconds } from '../wording/span';

export function stateWords({ spec, state }: Service, now?: number): string {
  const { lifecycle } = state;
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
      return healthWords(lifecycle);
    case 'stopping':
      return t('Stopping');
    case 'backingOff':
      return t(
        '{0} ({1} of {2})',
        retryWords(lifecycle.until, now),
        Math.min(state.restarts.inARow + 1, spec.maxRestarts),
        spec.maxRestarts,
      );
    case 'exited':
      return lifecycle.exitCode === undefined ? t('Exited') : t('Exited ({0})', lifecycle.exitCode);
    case 'failed':
      return lifecycle.failure.kind === 'gaveUp' ? t('Gave up') : t('Failed');
    case 'external':
      return lifecycle.health.kind === 'none' ? t('External') : t('External, {0}', lowerFirst(healthWords(lifecycle)));
  }
}

/** For the middle of a sentence: a language may write the words that follow with capital letters of their own. */
export const lowerFirst = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** Something in its words counts seconds. */
export const isCounting = ({ state }: Service): boolean =>
  since(state.lifecycle) !== undefined || state.lifecycle.kind === 'backingOff';

/** Since when a passing state lasts; undefined for lasting states. */
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

function waitingWords(lifecycle: Extract<Lifecycle, { kind: 'queued' }>, now: number | undefined): string {
  if (lifecycle.waitingFor.length === 0) return t('Waiting');
  const list = lifecycle.waitingFor.map(({ id, state, since: from }) => {
    const details = [state, now === undefined ? '' : wholeSeconds(now - from)].filter((detail) => detail !== '');
    return details.length === 0 ? id : `${id} (${details.join(', ')})`;
  });
  return t('Waiting for {0}', list.join(', '));
}

/** Rounded up, so that it never says 0 while it still waits. */
const retryWords = (until: number, now: number | undefined): string =>
  now === undefined ? t('Retrying') : t('Retrying in {0}', wholeSeconds(Math.max(0, Math.ceil((until - now) / 1000)) * 1000));

/** It accepts connections and gives no answer: not down, and no restart by itself cures what waits inside. */
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
      return t('Running (no answer yet)');
    case 'none':
    case undefined:
      return t('Running (no probe)');
  }
}
