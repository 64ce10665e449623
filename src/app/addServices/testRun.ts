/** Starts one service that is not in services.json, with those that it depends on, and ends them again. */
import type { TestRun, TestRunOutcome } from '../../core/addServices/testRun';
import { closureOf } from '../../core/consent/plan';
import type { ServiceSpec } from '../../core/model/service';
import { t } from '../../core/wording/l10n';
import { performTrial } from './trial';
import type { TestRunWorld } from './trial';

export interface TestRunRequest {
  /** The service and those that it may depend on. */
  readonly specs: readonly ServiceSpec[];
  readonly id: string;
  readonly report: (testRun: TestRun) => void;
  /** Stops the test run. */
  readonly signal: AbortSignal;
}

/** Settles when all processes of the service are gone, or cannot be ended, which is the outcome then. */
export async function performTestRun(request: TestRunRequest, outside: TestRunWorld): Promise<TestRunOutcome> {
  const { id, signal } = request;
  if (signal.aborted) return { kind: 'stopped' };
  const specs = closureOf([id], (each) => request.specs.find((spec) => spec.id === each));
  const report = (of: string, testRun: TestRun): void => {
    if (of === id && testRun.kind !== 'keptUp') request.report(testRun);
  };
  const outcomes = await performTrial({ ...request, specs, report }, outside);
  const failed = [...outcomes.values()].find(({ kind }) => kind === 'failed');
  const own = outcomes.get(id) ?? { kind: 'failed', why: t('The proposal is not a valid service.') };
  return own.kind === 'notTried' || (own.kind !== 'failed' && failed !== undefined) ? (failed ?? own) : own;
}
