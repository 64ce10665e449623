/** What a transition returns, and the few shapes that several phases need. */
import type { Effect } from './effects';
import type { ServiceSpec } from '../model/service';
import type { Lifecycle, RestartHistory, RunId, ServiceState, StartedBy } from './state';

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

/** The beginning of every run: its dependencies first, or the launch at once. What is left of the run before is released. */
export function begin({ state, spec }: Context, { run, by, at }: Ask): Step {
  const old = state.lifecycle.run;
  const before: Effect[] = old === undefined ? [] : [{ kind: 'release', run: old }];
  // What runs already needs nothing to be started.
  return spec.dependsOn.length > 0 && by !== 'found'
    ? go(state, { kind: 'queued', run, by, since: at, waitingFor: [] }, ...before, { kind: 'awaitDependencies', run })
    : go(state, { kind: 'launching', run, by, since: at, phase: { kind: 'preparing' } }, ...before, { kind: 'launch', run, by });
}

export const withRestarts = (state: ServiceState, restarts: RestartHistory): ServiceState => ({ ...state, restarts });

/** One more automatic restart. */
export const countRestart = (state: ServiceState): ServiceState =>
  withRestarts(state, { inARow: state.restarts.inARow + 1, total: state.restarts.total + 1 });

/** A start by hand, or a stable run, closes the breaker again. */
export const forgetRow = (state: ServiceState): ServiceState => withRestarts(state, { ...state.restarts, inARow: 0 });
