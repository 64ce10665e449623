/** Groups the proposals of a large project, and selects those that its app needs. */
import { t } from '../wording/l10n';
import type { ComparedProposal } from './proposal';

/** Fewer rows are seen at once: they need no groups, and all are selected. */
const minGroupedRows = 20;

export interface ProposalGroup {
  /** Undefined for the only group of a short list. */
  readonly title: string | undefined;
  readonly found: readonly ComparedProposal[];
}

/** Returns the proposals that are not in services.json yet, in groups that are not empty. */
export function groupsOf(found: readonly ComparedProposal[]): readonly ProposalGroup[] {
  const fresh = found.filter(isNew);
  if (fresh.length < minGroupedRows) return fresh.length === 0 ? [] : [{ title: undefined, found: fresh }];
  const of = (kind: Kind): readonly ComparedProposal[] => fresh.filter((each) => kindOf(each) === kind);
  const groups = [
    { title: t('App'), found: of('app') },
    { title: t('Databases'), found: of('database') },
    { title: t('Tools'), found: of('tool') },
  ];
  return groups.filter((group) => group.found.length > 0);
}

/** Returns the ids that are selected at first: of a large project the app, and what it depends on. */
export function selectedAtFirst(found: readonly ComparedProposal[]): ReadonlySet<string> {
  const fresh = found.filter(isNew);
  if (fresh.length < minGroupedRows) return new Set(fresh.map(({ proposal }) => proposal.id));
  const byId = new Map(fresh.map((each) => [each.proposal.id, each]));
  const selected = new Set(fresh.filter((each) => kindOf(each) === 'app').map(({ proposal }) => proposal.id));
  // A set is visited in the order of insertion, with what is added meanwhile.
  for (const id of selected) {
    const { dependsOn = [] } = byId.get(id)?.proposal.config ?? {};
    const needed = Array.isArray(dependsOn) ? dependsOn : Object.keys(dependsOn);
    for (const other of needed) if (byId.has(other)) selected.add(other);
  }
  return selected;
}

const isNew = ({ presentAs }: ComparedProposal): boolean => presentAs === undefined;

type Kind = 'app' | 'database' | 'tool';

function kindOf({ proposal: { config } }: ComparedProposal): Kind {
  if (config.role === 'database') return 'database';
  return config.role === undefined || config.role === 'other' ? 'tool' : 'app';
}
