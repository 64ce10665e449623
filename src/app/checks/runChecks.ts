/** Runs the tests of a service: its health and its checks. It starts nothing and changes nothing. */
import { defined } from '../../core/model/defined';
import type { CheckOutcome, CheckResult, Subject, ServiceTest } from '../../core/checks/checks';
import { presenceOf, timeoutOf, testsOf } from '../../core/checks/checks';
import { judgeCheck, judgeHealth, notTrusted } from '../../core/checks/judgeCheck';
import type { CheckSpec, ServiceSpec } from '../../core/model/service';
import type { Service } from '../../core/lifecycle/state';
import { hostOf, portOf } from '../../core/snapshot/portOf';
import { inParallel } from '../inParallel';
import type { Checker, CheckQuestion } from '../ports';
import { probeOnce } from '../run/probeOnce';
import type { ProbeParts } from '../run/probeOnce';
import type { ServiceStore } from '../store';

export interface CheckParts extends ProbeParts {
  readonly store: ServiceStore;
  readonly checker: Checker;
  isTrusted(): boolean;
  /** Returns the address of the check with its variables replaced. */
  addressOf(spec: ServiceSpec, check: CheckSpec): string;
}

/** Chooses the tests of a run, and observes and cancels it. */
export interface Watch {
  readonly signal: AbortSignal;
  wants(test: ServiceTest): boolean;
  began(test: ServiceTest): void;
  ended(test: ServiceTest, outcome: CheckOutcome): void;
}

/** Requests to one service at the same time. */
const maxParallelRequests = 4;

/** Returns the health first, then the checks in the order of the file; empty when there are neither. Rejects for an unknown id. */
export async function runChecks(id: string, parts: CheckParts): Promise<readonly CheckResult[]> {
  const nothing = (): void => undefined;
  const all = { signal: new AbortController().signal, wants: () => true, began: nothing, ended: nothing };
  return (await runTests(id, all, parts)).map(({ result }) => result);
}

/** Returns the spec to test: `checks` as the saved file has them, everything else as the service was started. */
export function checkedSpec({ spec }: Service, store: ServiceStore): ServiceSpec {
  return { ...spec, checks: store.written(spec.id)?.checks ?? spec.checks };
}

/** Returns the outcomes; when `signal` cancels the run, tests without an outcome are left out. Rejects for an unknown id. */
export async function runTests(id: string, watch: Watch, parts: CheckParts): Promise<readonly CheckOutcome[]> {
  const service = parts.store.services().find(({ spec }) => spec.id === id);
  if (service === undefined) throw new Error(`There is no service "${id}". services() returns the ids.`);
  const spec = checkedSpec(service, parts.store);
  const subject = { name: spec.key, presence: presenceOf(service.state.lifecycle) };
  const tests = testsOf(spec).filter((test) => watch.wants(test));
  const place = defined({ port: portOf({ spec, state: service.state }), host: hostOf(service.state) });
  const runOne = (test: ServiceTest): Promise<CheckOutcome | undefined> => attempt({ test, spec, subject, place }, watch, parts);
  const first = await inParallel(tests, maxParallelRequests, async (test) => {
    const outcome = await runOne(test);
    const isFinal = outcome !== undefined && (outcome.kind !== 'late' || tests.length === 1);
    if (isFinal) watch.ended(test, outcome);
    return { test, outcome, isFinal };
  });
  // A late response may be slow because of the other requests, so it is measured again alone.
  const outcomes = await inParallel(first, 1, async ({ test, outcome, isFinal }) => {
    if (outcome === undefined || isFinal) return outcome;
    const again = await runOne(test);
    if (again !== undefined) watch.ended(test, again);
    return again;
  });
  return outcomes.filter((outcome) => outcome !== undefined);
}

interface Attempt {
  readonly test: ServiceTest;
  readonly spec: ServiceSpec;
  readonly subject: Subject;
  /** Where paths are asked for. */
  readonly place: Pick<CheckQuestion, 'port' | 'host'>;
}

/** Returns undefined when the run was cancelled. */
async function attempt(
  { test, spec, subject, place }: Attempt,
  watch: Watch,
  parts: CheckParts,
): Promise<CheckOutcome | undefined> {
  // A function, because the value changes between two awaits.
  const isCancelled = (): boolean => watch.signal.aborted;
  if (isCancelled()) return undefined;
  watch.began(test);
  if (!parts.isTrusted()) return notTrusted(test);
  if (test.kind === 'health') {
    const outcome = await probeOnce({ spec, probe: test.probe }, parts, watch.signal);
    return isCancelled() ? undefined : judgeHealth(test.probe, outcome, subject);
  }
  const { check } = test;
  const { name: _name, http: _http, maxLatency: _limit, ...expected } = check;
  const address = parts.addressOf(spec, check);
  const question = defined({ ...expected, ...place, address, timeout: timeoutOf(check) });
  const answer = await parts.checker.ask(question, watch.signal);
  return isCancelled() ? undefined : judgeCheck(check, answer, subject);
}
