/** The actions that a service offers in its current state: one source for the tree's buttons, the status bar's links and the pick. */
import { portOf } from '../snapshot/portOf';
import { isDebuggable } from '../debug/debuggable';
import type { Failure } from '../model/failure';
import { healthOf, urlOf } from '../snapshot/toSnapshot';
import { doubtfulStatus } from '../model/unprovenPath';
import type { Service, Lifecycle } from '../lifecycle/state';
import { t } from '../wording/l10n';
import { mayDismiss } from '../lifecycle/dismissal';
import { openQuestion } from '../snapshot/openQuestion';
import { severity } from './icon';

export type Action = 'answer' | 'diagnose' | 'start' | 'stop' | 'restart' | 'open' | 'showTerminal' | 'dismiss';

export interface ActionLook {
  readonly title: string;
  readonly icon: string;
  /** Word in the tree's `contextValue` that package.json's menus look for. */
  readonly context: string;
}

export const looks: Readonly<Record<Action, ActionLook>> = {
  answer: { title: t('Answer…'), icon: 'question', context: 'asking' },
  diagnose: { title: t('Diagnose'), icon: 'lightbulb', context: 'troubled' },
  start: { title: t('Start'), icon: 'debug-start', context: 'startable' },
  stop: { title: t('Stop'), icon: 'debug-stop', context: 'stoppable' },
  restart: { title: t('Restart'), icon: 'debug-restart', context: 'restartable' },
  open: { title: t('Open in Browser'), icon: 'globe', context: 'openable' },
  showTerminal: { title: t('Show Terminal'), icon: 'terminal', context: 'terminal' },
  dismiss: { title: t('Dismiss'), icon: 'close', context: 'dismissible' },
};

/** Returns the actions in the order in which they are shown. */
export function actionsOf(service: Service): readonly Action[] {
  return everyAction.filter((action) => makesSense[action](service));
}

/** Returns the actions with the most helpful one first: the cause for a service that is unwell, its page for one that is well. */
export function helpfulFirst(service: Service): readonly Action[] {
  const actions = actionsOf(service);
  const rank = (action: Action): number => whenWell.indexOf(action);
  return actions.includes('diagnose') ? actions : [...actions].sort((a, b) => rank(a) - rank(b));
}

const whenWell: readonly Action[] = ['start', 'open', 'showTerminal', 'restart', 'stop'];

export function contextValue(service: Service): string {
  const words = ['service', ...actionsOf(service).map((action) => looks[action].context)];
  if (Object.keys(service.spec.commands).length > 0) words.push('commands');
  if (isDebuggable(service.spec)) words.push('debuggable');
  return words.join(';');
}

const everyAction: readonly Action[] = ['answer', 'diagnose', 'start', 'stop', 'restart', 'open', 'showTerminal', 'dismiss'];

const makesSense: Readonly<Record<Action, (service: Service) => boolean>> = {
  // Every service can be diagnosed, but only one with a problem offers it.
  diagnose: (service) => (['warning', 'error'].includes(severity(service)) && !isConsent(service)) || hasWrongPath(service),
  answer: ({ state }) => openQuestion(state.lifecycle) !== undefined,
  dismiss: ({ state }) => isDismissible(state.lifecycle),
  start: ({ state }) => isStartable(state.lifecycle),
  stop: ({ state }) => isStoppable(state.lifecycle),
  restart: ({ state }) => state.lifecycle.kind === 'starting' || state.lifecycle.kind === 'running',
  open: (service) => isOpenable(service),
  showTerminal: ({ state }) => hasTerminal(state.lifecycle),
};

/** There is nothing to find out: it waits for a decision. */
const isConsent = ({ state }: Service): boolean => openQuestion(state.lifecycle) === 'autoStart';

/** It counts as up, and its path for health is to be corrected. */
const hasWrongPath = ({ spec, state }: Service): boolean =>
  doubtfulStatus(spec.probe, healthOf(state.lifecycle) ?? { kind: 'none' }) !== undefined;

const isDismissible = (lifecycle: Lifecycle): boolean =>
  openQuestion(lifecycle) === 'autoStart' || (lifecycle.kind === 'failed' && mayDismiss(lifecycle));

function isStartable(lifecycle: Lifecycle): boolean {
  switch (lifecycle.kind) {
    case 'stopped':
    case 'exited':
    case 'failed':
    case 'backingOff':
      return true;
    case 'stopping':
      return lifecycle.next === undefined;
    case 'starting':
    case 'running':
      // The process outlived its terminal, and a start offers a new one.
      return lifecycle.terminal !== 'attached';
    default:
      return false;
  }
}

function isStoppable(lifecycle: Lifecycle): boolean {
  switch (lifecycle.kind) {
    case 'queued':
    case 'launching':
    case 'starting':
    case 'running':
    case 'backingOff':
    case 'external':
      return true;
    case 'stopping':
      return lifecycle.next !== undefined;
    default:
      return false;
  }
}

/** A browser can show something: the service is running, and it is no database, unless it has a `url` of its own. */
function isOpenable(service: Service): boolean {
  const { spec, state } = service;
  const { kind } = state.lifecycle;
  if (kind !== 'running' && kind !== 'starting' && kind !== 'external') return false;
  return urlOf(spec, portOf(service)) !== undefined && (spec.role !== 'database' || spec.url !== undefined);
}

/** A terminal stays after its process has ended, until the user closes it. */
function hasTerminal(lifecycle: Lifecycle): boolean {
  switch (lifecycle.kind) {
    case 'launching':
      return lifecycle.phase.kind === 'setup';
    case 'starting':
    case 'running':
      return lifecycle.terminal !== 'lost';
    case 'stopping':
      return lifecycle.process !== undefined && lifecycle.cause.kind !== 'terminalClosed';
    case 'stopped':
      if (lifecycle.cause.kind === 'dismissed') return leftTerminal(lifecycle.cause.failure);
      return lifecycle.run !== undefined && lifecycle.cause.kind !== 'terminalClosed' && lifecycle.cause.kind !== 'never';
    case 'exited':
    case 'backingOff':
      return true;
    case 'failed':
      return leftTerminal(lifecycle.failure);
    default:
      return false;
  }
}

/** A service that failed before any process was created has no terminal. */
function leftTerminal(failure: Failure): boolean {
  switch (failure.kind) {
    case 'launch':
    case 'dependency':
    case 'portTaken':
      return false;
    case 'setup':
      return failure.cause.kind !== 'refused';
    default:
      return true;
  }
}
