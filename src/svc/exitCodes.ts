/** What svc exits with. */
import type { Outcome } from '../core/agents/outcome';
import { isSuccess, outcomes } from '../core/agents/outcome';

export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUse: 2,
  unknownService: 3,
  timeout: 4,
  noWindow: 5,
  notTrusted: 6,
  portTaken: 7,
};

const byOutcome: Readonly<Partial<Record<Outcome, number>>> = {
  unknownService: exitCodes.unknownService,
  notConfigured: exitCodes.unknownService,
  timeout: exitCodes.timeout,
  notTrusted: exitCodes.notTrusted,
  portTaken: exitCodes.portTaken,
};

/** A reply without an outcome is a success, except that of checks. */
export function exitCodeOf(reply: Readonly<Record<string, unknown>>): number {
  const outcome = outcomes.find((each) => each === reply['outcome']);
  if (outcome === undefined) return reply['ok'] === false ? exitCodes.failed : exitCodes.done;
  return isSuccess(outcome) ? exitCodes.done : (byOutcome[outcome] ?? exitCodes.failed);
}
