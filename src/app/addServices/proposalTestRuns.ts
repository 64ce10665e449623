/** Test runs of the proposals in one folder. Each proposal has its own service and terminal, which close with the pick. */
import { describePlan } from '../../core/consent/plan';
import type { ServicePlan } from '../../core/consent/plan';
import { parseServices } from '../../core/config/parse';
import type { ProposedService } from '../../core/addServices/proposal';
import type { TestRun, TestRunOutcome } from '../../core/addServices/testRun';
import type { ServiceSpec } from '../../core/model/service';
import { t } from '../../core/wording/l10n';
import type { Disposable } from '../ports';
import type { Discovery, TestRunTerminals } from './ports';
import type { TestRuns } from './testRuns';

export interface ProposalTestRuns {
  /** Starts a proposal, and ends it again. `report` is called with each new state until the outcome. */
  run(id: string, report: (testRun: TestRun) => void, signal: AbortSignal): Promise<TestRunOutcome>;
  /** Starts these proposals, what others depend on first, and ends all of them again. */
  runAll(ids: readonly string[], report: (id: string, testRun: TestRun) => void, signal: AbortSignal): Promise<void>;
  /** Everything that trying these proposals runs, as plain text for a dialog. */
  describe(ids: readonly string[]): string;
  /** Takes another proposal of the same id in place of the present one. */
  replace(proposal: ProposedService): void;
  /** Brings the terminal of the latest test run to the front; false when there is none. */
  showTerminal(id: string): boolean;
}

interface Place {
  readonly folder: string;
  readonly folderName: string;
}

export interface ProposalTestRunParts {
  readonly discovery: Discovery;
  readonly testRuns: TestRuns;
  readonly terminals: TestRunTerminals;
}

export function testRunsOf(
  proposals: readonly ProposedService[],
  place: Place,
  { discovery, testRuns, terminals }: ProposalTestRunParts,
): ProposalTestRuns & Disposable {
  let specs = specsOf(proposals, place, discovery);
  const specOf = (id: string): ServiceSpec | undefined => specs.find(({ key }) => key === testRunKey(id));
  const idOf = (specId: string): string =>
    proposals.find(({ id }) => testRunKey(id) === specs.find((spec) => spec.id === specId)?.key)?.id ?? specId;
  const named = (testRun: TestRun): TestRun => withNames(testRun, proposals);
  return {
    run: async (id, report, signal) => {
      const spec = specOf(id);
      if (spec === undefined) return { kind: 'failed', why: t('The proposal is not a valid service.') };
      const outcome = await testRuns.run({ specs, id: spec.id, report: (testRun) => report(named(testRun)), signal });
      return withNames(outcome, proposals);
    },
    runAll: async (ids, report, signal) => {
      const chosen = new Set(ids.map((id) => specOf(id)?.id));
      const reportOf = (specId: string, testRun: TestRun): void => report(idOf(specId), named(testRun));
      const request = { specs: specs.filter(({ id }) => chosen.has(id)), report: reportOf, signal };
      for (const [specId, outcome] of await testRuns.runAll(request)) reportOf(specId, outcome);
    },
    describe: (ids) => {
      const plans = ids.flatMap((id) => {
        const spec = specOf(id);
        return spec === undefined ? [] : [planOf({ ...spec, id, onPortConflict: 'fail' })];
      });
      return plans.map(describePlan).join('\n\n');
    },
    replace: (proposal) => {
      proposals = proposals.map((each) => (each.id === proposal.id ? proposal : each));
      specs = specsOf(proposals, place, discovery);
    },
    showTerminal: (id) => terminals.show(specOf(id)?.id ?? '', 'keepFocus'),
    dispose: () => {
      for (const { id } of specs) terminals.close(id);
    },
  };
}

const planOf = (spec: ServiceSpec): ServicePlan => ({
  spec,
  launch: undefined,
  setup: spec.setup.map(({ name, command }) => ({ name, command, cwd: spec.cwd, env: spec.env })),
});

/** With the names that the services will have, in place of those of their terminals; a verdict names services as well. */
function withNames<T extends TestRun>(testRun: T, proposals: readonly ProposedService[]): T {
  const plain = (text: string): string => proposals.reduce((result, { id }) => result.replaceAll(testRunKey(id), id), text);
  // It is plain data, of which only texts change.
  return JSON.parse(JSON.stringify(testRun), (_, value: unknown) => (typeof value === 'string' ? plain(value) : value)) as T;
}

/** Shows the user what the terminal is for, and keeps the id different from those of the services in the file. */
const testRunKey = (key: string): string => t('{0} (test run)', key);

/** The specs that services.json would yield with these proposals. */
function specsOf(
  proposals: readonly ProposedService[],
  { folder, folderName }: Place,
  discovery: Discovery,
): readonly ServiceSpec[] {
  const written = discovery.writeServices(undefined, proposals);
  if (!written.ok) return [];
  const { services } = parseServices(written.text, { folder, folderName: `test run in ${folderName}`, multiRoot: true });
  return services.map((spec) => ({ ...spec, key: testRunKey(spec.key), folderName }));
}
