/** Test runs of the proposals in one folder. Each proposal has its own service and terminal, which close with the pick. */
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
  const specs = specsOf(proposals, place, discovery);
  const specOf = (id: string): ServiceSpec | undefined => specs.find(({ key }) => key === testRunKey(id));
  return {
    run: async (id, report, signal) => {
      const spec = specOf(id);
      if (spec === undefined) return { kind: 'failed', why: t('The proposal is not a valid service.') };
      return testRuns.run({ specs, id: spec.id, report, signal });
    },
    showTerminal: (id) => terminals.show(specOf(id)?.id ?? '', 'keepFocus'),
    dispose: () => {
      for (const { id } of specs) terminals.close(id);
    },
  };
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
