/** A service that another one depends on, as the one that waits for it sees it. */

/** What a dependency does that is not there yet. */
export type WaitingState =
  | 'waiting'
  | 'beingSetUp'
  | 'starting'
  | 'running'
  | 'unknown'
  | 'unhealthy'
  | 'reloading'
  | 'stopping'
  | 'ending'
  | 'backingOff';

/** Why a service cannot start with one that it depends on. */
export type DependencyProblem =
  | { readonly kind: 'notConfigured' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed' }
  /** It has exited, and was to stay. */
  | { readonly kind: 'exited' }
  /** It was to exit with code 0; absent: its exit code is not known. */
  | { readonly kind: 'notCompleted'; readonly exitCode?: number }
  /** Services that wait for one another, from the one that failed back to itself. */
  | { readonly kind: 'circle'; readonly ids: readonly string[] };
