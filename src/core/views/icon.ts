/** The icon of every state. Its shape and its colour both show the state, because coloured dots alone look like breakpoints. */
import type { Health } from '../model/health';
import { healthOf } from '../snapshot/toSnapshot';
import type { Service, Lifecycle } from '../lifecycle/state';

/** The names of a VS Code product icon and of a theme colour. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

export function stateIcon({ state }: Service): Icon {
  const { lifecycle } = state;
  switch (lifecycle.kind) {
    case 'stopped':
      return lifecycle.cause.kind === 'never' ? { id: 'record', color: muted } : { id: 'circle-outline', color: muted };
    case 'queued':
      return { id: 'watch', color: muted };
    case 'launching':
    case 'stopping':
      return { id: 'loading~spin' };
    case 'starting':
      return healthIcon(lifecycle.health, { id: 'loading~spin' });
    case 'running':
      return lifecycle.ended === undefined ? runningIcon(lifecycle.health) : { id: 'warning', color: warning };
    case 'backingOff':
      return { id: 'history', color: warning };
    case 'exited':
      return { id: 'circle-outline', color: muted };
    case 'failed':
      return { id: 'error', color: error };
    case 'external':
      return { ...runningIcon(lifecycle.health), id: 'link-external' };
  }
}

/** How much attention a service needs. A summary has the icon of the worst. */
export type Severity = 'fine' | 'idle' | 'busy' | 'warning' | 'error';

export function severity(service: Service): Severity {
  const { lifecycle } = service.state;
  if (isUnhealthy(lifecycle) || lifecycle.kind === 'backingOff' || isPartlyDown(lifecycle)) return 'warning';
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
  idle: { id: 'circle-outline' },
  busy: { id: 'loading~spin' },
  warning: { id: 'warning' },
  error: { id: 'error' },
};

const isUnhealthy = (lifecycle: Lifecycle): boolean => healthOf(lifecycle)?.kind === 'unhealthy';

const isPartlyDown = (lifecycle: Lifecycle): boolean => lifecycle.kind === 'running' && lifecycle.ended !== undefined;

const runningIcon = (health: Health): Icon => healthIcon(health, { id: health.kind === 'none' ? 'pass' : 'loading~spin' });

function healthIcon(health: Health, otherwise: Icon): Icon {
  switch (health.kind) {
    case 'healthy':
      return { id: 'pass', color: passed };
    case 'unhealthy':
      return { id: 'warning', color: warning };
    case 'reloading':
      return { id: 'sync~spin', color: passed };
    case 'unknown':
    case 'none':
      return otherwise;
  }
}

const passed = 'testing.iconPassed';
const warning = 'list.warningForeground';
const error = 'list.errorForeground';
const muted = 'descriptionForeground';
