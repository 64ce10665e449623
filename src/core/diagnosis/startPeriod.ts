/** While a service is inside its start period, its probe may fail: that is no error, and a restart would only begin the start again. */
import { span } from '../wording/span';
import { commandIds } from '../model/commandIds';
import type { Code } from './codes';
import type { Facts } from './facts';
import type { Finding } from './finding';
import { alive } from './queries';

/** What may be over when the service has started. */
const passing: ReadonlySet<Code> = new Set(['hung', 'slow', 'bad-status', 'bad-body', 'probe-failed', 'not-listening']);

/** Returns how much of the start period is left (ms); undefined when it is over, or the service has been ready. */
export function startPeriodLeft(facts: Pick<Facts, 'state' | 'spec' | 'at'>): number | undefined {
  const living = alive(facts);
  if (living === undefined || living.kind === 'external' || living.health.kind !== 'unknown') return undefined;
  const began = living.graceSince ?? (living.kind === 'running' ? living.startedAt : living.since);
  const left = began + (facts.spec.probe?.startPeriod ?? 0) - facts.at;
  return left > 0 ? left : undefined;
}

/** In words, for a detail; undefined outside of the start period. */
export function startPeriodWords(facts: Pick<Facts, 'state' | 'spec' | 'at'>): string | undefined {
  const left = startPeriodLeft(facts);
  return left === undefined ? undefined : span(left);
}

/** Returns the finding as it is, or, inside the start period, without an alarm and without a restart. */
export function patient<F extends Pick<Finding, 'code' | 'severity' | 'actions'>>(finding: F, facts: Facts): F {
  if (startPeriodLeft(facts) === undefined) return finding;
  const { id } = facts.spec;
  const actions = finding.actions.filter(({ command, arguments: args }) => command !== commandIds.restart || args?.[0] !== id);
  return { ...finding, severity: passing.has(finding.code) ? 'info' : finding.severity, actions };
}
