/** Which services a start may start, and which a saved file retries. */
import type { ServiceSpec } from '../model/service';
import type { Lifecycle, ServiceState, StartedBy } from './state';

/** Whether a start would fail in the same way until a file changes. */
export const waitsForChange = (lifecycle: Lifecycle): boolean =>
  lifecycle.kind === 'failed' &&
  (lifecycle.failure.kind === 'setup' || (lifecycle.failure.kind === 'crashed' && lifecycle.failure.repeats !== undefined));

/** Whether it was neither started nor stopped since the folder was opened. */
export const isUntouched = ({ lifecycle }: Pick<ServiceState, 'lifecycle'>): boolean =>
  lifecycle.kind === 'stopped' && ['never', 'awaitingConsent'].includes(lifecycle.cause.kind);

/**
 * Whether a start may start this service as a dependency. A start by the user, or by a program that acts for the user, may start any. An automatic start leaves alone what was
 * stopped, what waits for its next attempt and what gave up: otherwise two services that crash together would restart each other forever.
 */
export function mayStart(lifecycle: Lifecycle, by: StartedBy): boolean {
  if (by !== 'auto') return true;
  return isUntouched({ lifecycle }) || lifecycle.kind === 'exited';
}

/** The ids of the services that restart when this one does after a change of its files. */
export const followersOf = (id: string, services: readonly { readonly spec: ServiceSpec }[]): readonly string[] =>
  services
    .filter(({ spec }) => spec.dependsOn.some((dependency) => dependency.id === id && dependency.restart === true))
    .map(({ spec }) => spec.id);

/** Whether a service that is not running satisfies the condition of a dependency. */
export const satisfies = (lifecycle: Lifecycle, condition: string): boolean =>
  condition === 'completed' && lifecycle.kind === 'exited' && lifecycle.exitCode === 0;
