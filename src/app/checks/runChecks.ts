/** Tries what can be tried of a service: its health and its checks. Starts nothing, changes nothing. */
import type { CheckOutcome, CheckResult, Subject, ServiceTest } from '../../core/checks/checks';
import { presenceOf, timeoutOf, testsOf } from '../../core/checks/checks';
import { judgeCheck, judgeHealth, notTrusted } from '../../core/checks/judgeCheck';
import type { CheckSpec, ServiceSpec } from '../../core/model/service';
import type { Service } from '../../core/lifecycle/state';
import { inParallel } from '../inParallel';
import type { Checker, Prober } from '../ports';
import type { ServiceStore } from '../store';

export interface CheckParts {
  readonly store: ServiceStore;
  readonly prober: Prober;
  readonly checker: Checker;
  isTrusted(): boolean;
  folderOf(spec: ServiceSpec): string;
  /** The address with its variables filled in. */
  addressOf(spec: ServiceSpec, check: CheckSpec): string;
}

/** What is to be tried, and who wants to know how it goes. */
export interface Watch {
  readonly signal: AbortSignal;
  wants(test: ServiceTest): boolean;
  began(test: ServiceTest): void;
  ended(test: ServiceTest, outcome: CheckOutcome): void;
}

/** Requests to one service at the same time. */
const atOnce = 4;

/** The health first, then the checks in the order of the file; empty when there are neither. Rejects for an unknown id. */
export async function runChecks(id: string, parts: CheckParts): Promise<readonly CheckResult[]> {
  const nothing = (): void => undefined;
  const all = { signal: new AbortController().signal, wants: () => true, began: nothing, ended: nothing };
  return (await runTests(id, all, parts)).map(({ result }) => result);
}

/** The words that tell what to try: checks count as soon as the file is saved, all else from the next start. */
export function checkedSpec({ spec }: Service, store: ServiceStore): ServiceSpec {
  return { ...spec, checks: store.written(spec.id)?.checks ?? spec.checks };
}

/** After `signal` has fired, what has no outcome yet is left out. Rejects for an unknown id. */
export async function runTests(id: string, watch: Watch, parts: CheckParts): Promise<readonly CheckOutcome[]> {
  const service = parts.store.services().find(({ spec }) => spec.id === id);
  if (service === undefined) throw new Error(`There is no service "${id}": services() tells the ids.`);
  const spec = checkedSpec(service, parts.store);
  const subject = { name: spec.key, presence: presenceOf(service.state.lifecycle) };
  const tests = testsOf(spec).filter((test) => watch.wants(test));
  const tryOne = (test: ServiceTest): Promise<CheckOutcome | undefined> => attempt({ test, spec, subject }, watch, parts);
  const first = await inParallel(tests, atOnce, async (test) => {
    const outcome = await tryOne(test);
    const isFinal = outcome !== undefined && (outcome.kind !== 'late' || tests.length === 1);
    if (isFinal) watch.ended(test, outcome);
    return { test, outcome, isFinal };
  });
  // Slow, perhaps, only because of the other requests: it is measured again alone, and that counts.
  const outcomes = await inParallel(first, 1, async ({ test, outcome, isFinal }) => {
    if (outcome === undefined || isFinal) return outcome;
    const again = await tryOne(test);
    if (again !== undefined) watch.ended(test, again);
    return again;
  });
  return outcomes.filter((outcome) => outcome !== undefined);
}

interface Attempt {
  readonly test: ServiceTest;
  readonly spec: ServiceSpec;
  readonly subject: Subject;
}

/** Undefined when it was called off. */
async function attempt({ test, spec, subject }: Attempt, watch: Watch, parts: CheckParts): Promise<CheckOutcome | undefined> {
  // A function, because it changes while we wait.
  const calledOff = (): boolean => watch.signal.aborted;
  if (calledOff()) return undefined;
  watch.began(test);
  if (!parts.isTrusted()) return notTrusted(test);
  const port = spec.port === undefined ? {} : { port: spec.port };
  if (test.kind === 'health') {
    const request = { probe: test.probe, cwd: parts.folderOf(spec), env: spec.env, ...port };
    const outcome = await parts.prober.probe(request, watch.signal);
    return calledOff() ? undefined : judgeHealth(test.probe, outcome, subject);
  }
  const { check } = test;
  const { name: _name, http: _http, maxLatency: _limit, ...expected } = check;
  const question = { ...expected, ...port, address: parts.addressOf(spec, check), timeout: timeoutOf(check) };
  const answer = await parts.checker.ask(question, watch.signal);
  return calledOff() ? undefined : judgeCheck(check, answer, subject);
}
