/** What a transition returns, and the few shapes that several phases need. */
import type { Effect } from '../effects';
import type { ServiceSpec } from '../service';
import type { Lifecycle, RunId, ServiceState, StartedBy } from '../state';

export interface Step {
  readonly state: ServiceState;
  readonly effects: readonly Effect[];
}

/** Everything a phase may decide from. */
export interface Context {
  readonly state: ServiceState;
  readonly spec: ServiceSpec;
}

export const stay = (state: ServiceState): Step => ({ state, effects: [] });

export const go = (state: ServiceState, lifecycle: Lifecycle, ...effects: Effect[]): Step => ({
  state: { ...state, lifecycle },
  effects,
});

export interface Ask {
  readonly run: RunId;
  readonly by: StartedBy;
  readonly at: number;
}

/** The beginning of every run: its dependencies first, or the launch at once. */
export function begin({ state, spec }: Context, { run, by, at }: Ask, ...before: Effect[]): Step {
  return spec.dependsOn.length > 0
    ? go(state, { kind: 'queued', run, by, since: at, waitingFor: [] }, ...before, { kind: 'awaitDependencies', run })
    : go(state, { kind: 'launching', run, by, since: at }, ...before, { kind: 'launch', run, by });
}
