/** Ids are labels of one window, which depend on how many folders are open in it; between windows services go by folder and key. */
import type { DependencyProblem } from '../../core/model/dependency';
import type { Failure } from '../../core/model/failure';
import type { Lifecycle, ServiceState } from '../../core/lifecycle/state';

/** The same state with every id of another service replaced. */
export function relabel(state: ServiceState, rename: (id: string) => string): ServiceState {
  const lifecycle = relabelLifecycle(state.lifecycle, rename);
  return lifecycle === state.lifecycle ? state : { ...state, lifecycle };
}

function relabelLifecycle(lifecycle: Lifecycle, rename: (id: string) => string): Lifecycle {
  switch (lifecycle.kind) {
    case 'queued':
      return { ...lifecycle, waitingFor: lifecycle.waitingFor.map((waiting) => ({ ...waiting, id: rename(waiting.id) })) };
    case 'failed':
    case 'backingOff':
      return { ...lifecycle, failure: relabelFailure(lifecycle.failure, rename) };
    case 'stopped':
      return lifecycle.cause.kind === 'dismissed'
        ? { ...lifecycle, cause: { kind: 'dismissed', failure: relabelFailure(lifecycle.cause.failure, rename) } }
        : lifecycle;
    default:
      return lifecycle;
  }
}

function relabelFailure(failure: Failure, rename: (id: string) => string): Failure {
  switch (failure.kind) {
    case 'dependency':
      return { ...failure, id: rename(failure.id), problem: relabelProblem(failure.problem, rename) };
    case 'gaveUp':
      return { ...failure, last: relabelFailure(failure.last, rename) };
    default:
      return failure;
  }
}

const relabelProblem = (problem: DependencyProblem, rename: (id: string) => string): DependencyProblem =>
  problem.kind === 'circle' ? { ...problem, ids: problem.ids.map(rename) } : problem;
