/** The icon of every state. Its shape and its colour both show the state, because coloured dots alone look like breakpoints. */
import type { Health } from '../model/health';
import { openQuestion } from '../snapshot/openQuestion';
import { healthOf } from '../snapshot/toSnapshot';
import { isPaused } from '../lifecycle/state';
import type { Service, Lifecycle } from '../lifecycle/state';

/** The names of a VS Code product icon and of a theme colour. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/** Colours that package.json contributes, because VS Code's own are white in high contrast or too pale in light themes. */
export const iconColors = {
  healthy: 'serviceLifecycle.healthyIcon',
  warning: 'serviceLifecycle.warningIcon',
  error: 'serviceLifecycle.errorIcon',
} as const;

export function stateIcon({ state, moved }: Service): Icon {
  const { lifecycle } = state;
  if (openQuestion(lifecycle) !== undefined) return { id: 'question', color: iconColors.warning };
  if (isPaused(lifecycle)) return { id: 'debug-pause', color: iconColors.warning };
  switch (lifecycle.kind) {
    case 'stopped':
      return idle;
    case 'queued':
      return { id: 'watch', color: muted };
    case 'launching':
    case 'stopping':
      return busy;
    case 'starting':
      return healthIcon(lifecycle.health, busy);
    case 'running':
      return lifecycle.ended === undefined && moved === undefined
        ? runningIcon(lifecycle.health)
        : { id: 'warning', color: iconColors.warning };
    case 'backingOff':
      return { id: 'history', color: iconColors.warning };
    case 'exited':
      return idle;
    case 'failed':
      return { id: 'error', color: iconColors.error };
    case 'external':
      return { ...runningIcon(lifecycle.health), id: 'eye' };
  }
}

/** How much attention a service needs. A summary has the icon of the worst. */
export type Severity = 'fine' | 'idle' | 'busy' | 'warning' | 'error';

export function severity(service: Service): Severity {
  const { lifecycle } = service.state;
  if (isUnhealthy(lifecycle) || lifecycle.kind === 'backingOff' || openQuestion(lifecycle) !== undefined || isPartlyDown(service))
    return 'warning';
  switch (lifecycle.kind) {
    case 'failed':
      return 'error';
    case 'stopped':
    case 'exited':
      return 'idle';
    case 'running':
    case 'external':
      return lifecycle.health.kind === 'reloading' || lifecycle.health.kind === 'unknown' ? 'busy' : 'fine';
    default:
      return 'busy';
  }
}

/** From the least to the most attention. */
export const severities: readonly Severity[] = ['fine', 'idle', 'busy', 'warning', 'error'];

export const summaryIcons: Readonly<Record<Severity, Icon>> = {
  fine: { id: 'pass' },
  idle: { id: 'circle-large-outline' },
  busy: { id: 'loading~spin' },
  warning: { id: 'warning' },
  error: { id: 'error' },
};

const isUnhealthy = (lifecycle: Lifecycle): boolean => healthOf(lifecycle)?.kind === 'unhealthy';

/** It runs, but not as it should. */
const isPartlyDown = ({ state: { lifecycle }, moved }: Service): boolean =>
  lifecycle.kind === 'running' && (lifecycle.ended !== undefined || moved !== undefined);

const runningIcon = (health: Health): Icon => healthIcon(health, health.kind === 'none' ? { id: 'play-circle' } : busy);

function healthIcon(health: Health, otherwise: Icon): Icon {
  switch (health.kind) {
    case 'healthy':
      return { id: 'pass', color: iconColors.healthy };
    case 'unhealthy':
      return { id: 'warning', color: iconColors.warning };
    case 'reloading':
      return { id: 'sync~spin', color: iconColors.healthy };
    case 'unknown':
    case 'none':
      return otherwise;
  }
}

const muted = 'descriptionForeground';
const idle: Icon = { id: 'circle-large-outline', color: muted };
const busy: Icon = { id: 'loading~spin' };
