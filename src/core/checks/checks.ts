/** What can be tried of a service on demand, and what comes of it. */
import type { ProbeFailure } from '../model/failure';
import { t } from '../wording/l10n';
import type { Body } from './reply';
import type { CheckSpec, ProbeSpec, ServiceSpec } from '../model/service';
import type { Lifecycle } from '../lifecycle/state';

/** The contract's view of one check. `latencyMs` is there whenever something was asked. */
export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly status?: number;
  readonly latencyMs?: number;
  /** One sentence for a person, whenever it is not ok. */
  readonly message?: string;
}

/** A result with its kind, and what a comparison shows. */
export interface CheckOutcome {
  /**
   * `late`: right, but slower than `maxLatency` allows. `errored`: nothing could be learnt, because the service does not
   * run or must not be asked.
   */
  readonly kind: 'passed' | 'failed' | 'late' | 'errored';
  readonly result: CheckResult;
  readonly difference?: { readonly expected: string; readonly actual: string };
}

/** One thing to try. `id` is unique within the service and stays when others come or go. */
export type ServiceTest =
  | { readonly kind: 'health'; readonly id: string; readonly name: string; readonly probe: ProbeSpec }
  | { readonly kind: 'check'; readonly id: string; readonly name: string; readonly check: CheckSpec };

/** The health probe first, then the checks in the order of the file. */
export function testsOf({ probe, checks }: Pick<ServiceSpec, 'probe' | 'checks'>): readonly ServiceTest[] {
  const seen = new Map<string, number>();
  const tried = checks.map((check): ServiceTest => {
    const count = (seen.get(check.name) ?? 0) + 1;
    seen.set(check.name, count);
    return { kind: 'check', id: `check ${count} ${check.name}`, name: check.name, check };
  });
  return probe === undefined ? tried : [{ kind: 'health', id: 'health', name: healthCheck, probe }, ...tried];
}

/** What the health probe is called beside the checks: the same in every language, since programs may look for it. */
export const healthCheck = 'Health';

export const shownName = (name: string): string => (name === healthCheck ? t('Health') : name);

/** Shortest patience in ms: enough for what people check, and a hung server does not keep anybody long. */
const patience = 5000;

/** How long to wait for an answer, in ms: longer than the limit, so that a late answer can be told from none. */
export const timeoutOf = ({ maxLatency = 0 }: CheckSpec): number => Math.max(patience, maxLatency + 1000);

/** What came of asking for a check. */
export type Answer = { readonly latencyMs: number; readonly status?: number; readonly body?: Body } & (
  { readonly ok: true } | { readonly ok: false; readonly failure: ProbeFailure }
);

/** Whom a check is about, for the words of its message. */
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
