/** A test run: a found service is started for a moment before it is added to services.json. */
import type { Finding } from '../diagnosis/finding';

export type TestRunOutcome =
  /** Its own processes listen, and gave an HTTP response. */
  | { readonly kind: 'responds'; readonly url: string; readonly status: number; readonly latencyMs: number }
  /** Its own processes listen, but do not speak HTTP or are not asked in HTTP. */
  | { readonly kind: 'listens'; readonly ports: readonly number[] }
  /** It has no port, and was still running after `ms`. */
  | { readonly kind: 'staysUp'; readonly ms: number }
  /** It came up, but listens on other ports than its own. */
  | { readonly kind: 'elsewhere'; readonly expected: number; readonly ports: readonly number[] }
  /** `why` is one sentence; the verdict of a diagnosis explains more, and may offer a fix. */
  | { readonly kind: 'failed'; readonly why: string; readonly verdict?: Finding }
  /** The user stopped the test run. */
  | { readonly kind: 'stopped' };

export type TestRun =
  /** Another test run has to end first. */
  | { readonly kind: 'waiting' }
  /** `reason` is one sentence; absent while nothing is known. */
  | { readonly kind: 'starting'; readonly reason?: string }
  | { readonly kind: 'ending' }
  | TestRunOutcome;

/** Whether the test run is over. */
export const isOutcome = (testRun: TestRun): testRun is TestRunOutcome =>
  testRun.kind !== 'waiting' && testRun.kind !== 'starting' && testRun.kind !== 'ending';
