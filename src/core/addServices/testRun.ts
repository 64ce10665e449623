/** A test run: a found service is started for a moment before it is added to services.json. */
import type { Finding } from '../diagnosis/finding';

export type TestRunOutcome = TestRunResult & {
  /** Keys of found services that it does not name in `dependsOn`, and without which it failed. */
  readonly needs?: readonly string[];
};

type TestRunResult =
  /** Its own processes listen on its port, and gave an HTTP response. */
  | { readonly kind: 'responds'; readonly response: Response; readonly refused?: Response }
  /** Its own processes listen, but do not speak HTTP or are not asked in HTTP. */
  | { readonly kind: 'listens'; readonly ports: readonly number[] }
  /** It has no port, and was still running after `ms`. `readyLine`: what it wrote when it was ready, as services.json has it. */
  | { readonly kind: 'staysUp'; readonly ms: number; readonly readyLine?: string }
  /** It did its work and ended with exit code 0. */
  | { readonly kind: 'completes' }
  /** Its container was already running, and goes on. */
  | { readonly kind: 'runsAlready' }
  /** It came up, but listens on other ports than its own. */
  | { readonly kind: 'elsewhere'; readonly expected: number; readonly ports: readonly number[] }
  /** `why` is one sentence; the verdict of a diagnosis explains more, and may offer a fix. */
  | { readonly kind: 'failed'; readonly why: string; readonly verdict?: Finding }
  /** A service that it depends on did not come up. */
  | { readonly kind: 'notTried'; readonly dependency: string }
  /** The user stopped the test run. */
  | { readonly kind: 'stopped' };

/** What a server responded to a request for a path. */
export interface Response {
  readonly url: string;
  /** The path of a health check; undefined when the server was asked only whether it speaks HTTP. */
  readonly path?: string;
  readonly status: number;
  /** In ms. */
  readonly latencyMs: number;
}

export type TestRun =
  /** Another test run has to end first. */
  | { readonly kind: 'waiting' }
  /** `reason` is one sentence; absent while nothing is known. */
  | { readonly kind: 'starting'; readonly reason?: string }
  /** It came up, and runs on until those that depend on it were tried. */
  | { readonly kind: 'keptUp'; readonly outcome: TestRunOutcome }
  | { readonly kind: 'ending' }
  | TestRunOutcome;

/** Whether the test run is over. */
export const isOutcome = (testRun: TestRun): testRun is TestRunOutcome =>
  testRun.kind !== 'waiting' && testRun.kind !== 'starting' && testRun.kind !== 'keptUp' && testRun.kind !== 'ending';

/** Returns what is known in the end, also while the service runs on for others. */
export function outcomeOf(testRun: TestRun | undefined): TestRunOutcome | undefined {
  if (testRun?.kind === 'keptUp') return testRun.outcome;
  return testRun !== undefined && isOutcome(testRun) ? testRun : undefined;
}

/** Whether the service came up. */
export const cameUp = ({ kind }: TestRunOutcome): boolean => kind !== 'failed' && kind !== 'notTried' && kind !== 'stopped';
