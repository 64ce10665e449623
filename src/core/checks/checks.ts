/** The tests of a service that run on demand, and their results. */
import type { ProbeFailure } from '../model/failure';
import { t } from '../wording/l10n';
import type { Body } from './reply';
import type { CheckSpec, ProbeSpec, ServiceSpec } from '../model/service';
import type { Lifecycle } from '../lifecycle/state';

/** The result of one check, as the API returns it. `latencyMs` is present whenever a request was sent. */
export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly status?: number;
  readonly latencyMs?: number;
  /** Explains in whole sentences why it is not ok; absent when it is. */
  readonly message?: string;
}

/** A result with its kind, and with the two sides of a comparison. */
export interface CheckOutcome {
  /**
   * `late`: correct, but slower than `maxLatency` allows. `skipped`: without a result, because the service is not running
   * or must not be asked.
   */
  readonly kind: 'passed' | 'failed' | 'late' | 'skipped';
  readonly result: CheckResult;
  readonly difference?: { readonly expected: string; readonly actual: string };
}

/** One test. `id` is unique within the service, and stays when other tests are added or removed. */
export type ServiceTest =
  | { readonly kind: 'health'; readonly id: string; readonly name: string; readonly probe: ProbeSpec }
  | { readonly kind: 'check'; readonly id: string; readonly name: string; readonly check: CheckSpec };

/** Returns the health probe first, then the checks in the order of the file. */
export function testsOf({ probe, checks }: Pick<ServiceSpec, 'probe' | 'checks'>): readonly ServiceTest[] {
  const seen = new Map<string, number>();
  const tests = checks.map((check): ServiceTest => {
    const count = (seen.get(check.name) ?? 0) + 1;
    seen.set(check.name, count);
    return { kind: 'check', id: `check ${count} ${check.name}`, name: check.name, check };
  });
  return probe === undefined ? tests : [{ kind: 'health', id: 'health', name: healthCheck, probe }, ...tests];
}

/** The name of the health probe among the checks: the same in every language, because extensions may look for it. */
export const healthCheck = 'Health';

export const shownName = (name: string): string => (name === healthCheck ? t('Health') : name);

/** Enough for a usual check, and short enough for a hung server. */
const minTimeoutMs = 5000;

/** Returns how long to wait for a response, in ms: longer than the limit, to distinguish a late response from none. */
export const timeoutOf = ({ maxLatency = 0 }: CheckSpec): number => Math.max(minTimeoutMs, maxLatency + 1000);

/** What the request of a check brought. */
export type Answer = { readonly latencyMs: number; readonly status?: number; readonly body?: Body } & (
  { readonly ok: true } | { readonly ok: false; readonly failure: ProbeFailure }
);

/** The service of a check, for the words of its message. */
export interface Subject {
  readonly name: string;
  readonly presence: Presence;
}

export type Presence = 'atRest' | 'coming' | 'running';

export function presenceOf({ kind }: Lifecycle): Presence {
  switch (kind) {
    case 'stopped':
    case 'exited':
    case 'failed':
    case 'stopping':
    case 'backingOff':
      return 'atRest';
    case 'queued':
    case 'launching':
    case 'starting':
      return 'coming';
    case 'running':
    case 'external':
      return 'running';
  }
}
