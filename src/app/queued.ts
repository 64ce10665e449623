/** What becomes of a service that waits for others, as an event of its run. */
import type { RunEvent } from '../core/lifecycle/events';
import { judgeDependencies, waitingCircle } from '../core/lifecycle/startOrder';
import type { Service } from '../core/lifecycle/state';

/** `at` in ms since the epoch; undefined when the service does not wait. */
export function judgeQueued(
  { spec, state: { lifecycle } }: Service,
  lookUp: (id: string) => Service | undefined,
  at: number,
): RunEvent | undefined {
  if (lifecycle.kind !== 'queued') return undefined;
  const { run } = lifecycle;
  const circle = waitingCircle(spec.id, lookUp);
  if (circle !== undefined)
    return { kind: 'dependencyFailed', run, id: circle[1] ?? spec.id, problem: { kind: 'circle', ids: circle }, at };
  const verdict = judgeDependencies(spec.dependsOn, lookUp);
  switch (verdict.kind) {
    case 'met':
      return { kind: 'dependenciesMet', run, at };
    case 'failed':
      return { kind: 'dependencyFailed', run, id: verdict.id, problem: verdict.problem, at };
    case 'pending':
      return { kind: 'dependenciesPending', run, waitingFor: verdict.waitingFor };
  }
}
