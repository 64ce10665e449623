/** Before there is a process: waiting for dependencies, being launched. */
import type { RunEvent } from '../events';
import { initialHealth } from '../health';
import type { ServiceSpec } from '../service';
import type { Lifecycle } from '../state';
import { go, stay } from './step';
import type { Context, Step } from './step';

type Pending = Extract<Lifecycle, { kind: 'queued' | 'launching' }>;

export function onPending({ state, spec }: Context, lifecycle: Pending, event: RunEvent): Step {
  const { run, by } = lifecycle;
  switch (event.kind) {
    case 'dependenciesPending':
      return lifecycle.kind === 'queued' ? go(state, { ...lifecycle, waitingFor: event.waitingFor }) : stay(state);
    case 'dependenciesMet':
      return lifecycle.kind === 'queued'
        ? go(state, { kind: 'launching', run, by, since: event.at }, { kind: 'launch', run, by })
        : stay(state);
    case 'dependencyFailed': {
      const { id, detail, at } = event;
      return go(state, { kind: 'failed', run, at, failure: { kind: 'dependency', id, detail } }, { kind: 'release', run });
    }
    case 'launchRefused': {
      const { failure, at } = event;
      return go(state, { kind: 'failed', run, at, failure: { kind: 'launch', failure } }, { kind: 'release', run });
    }
    case 'launched':
      return launched({ state, spec }, event);
    default:
      return stay(state);
  }
}

function launched({ state, spec }: Context, event: Extract<RunEvent, { kind: 'launched' }>): Step {
  const { run, process, at } = event;
  const health = initialHealth(spec.probe);
  const lifecycle: Lifecycle = isReadyAtOnce(spec)
    ? { kind: 'running', run, process, startedAt: at, readyAt: at, terminal: 'attached', health }
    : { kind: 'starting', run, process, since: at, terminal: 'attached', health };
  return go(
    state,
    lifecycle,
    { kind: 'follow', run, process, startedAt: at },
    { kind: 'showTerminal', run, when: 'started' },
    ...(spec.probe === undefined ? [] : [{ kind: 'probe', run, delay: 0 } as const]),
  );
}

/** With nothing to wait for, a service is ready as soon as it runs. */
const isReadyAtOnce = (spec: ServiceSpec): boolean => spec.probe === undefined && spec.readyLine === undefined;
