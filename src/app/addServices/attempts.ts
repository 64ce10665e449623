/** Tries of proposals in one folder: services of their own, each in a terminal of its own, all closed with the pick. */
import type { Discovery } from './discovery';
import type { Disposable } from '../ports';
import type { Trials } from './trials';
import { parseServices } from '../../core/config/parse';
import { t } from '../../core/wording/l10n';
import type { ProposedService } from '../../core/addServices/proposal';
import type { ServiceSpec } from '../../core/model/service';
import type { Trial, TrialOutcome } from '../../core/addServices/trial';

/** Starts one of the proposals, and ends it again. */
export interface Attempts {
  try(id: string, tell: (trial: Trial) => void, signal: AbortSignal): Promise<TrialOutcome>;
  /** Brings to the front what it wrote; false when there is nothing to show. */
  showTerminal(id: string): boolean;
}

export interface TrialTerminals {
  show(serviceId: string, focus: 'keepFocus'): boolean;
  close(serviceId: string): void;
}

interface Place {
  readonly folder: string;
  readonly folderName: string;
}

export function attemptsOf(
  proposals: readonly ProposedService[],
  place: Place,
  {
    discovery,
    trials,
    terminals,
  }: { readonly discovery: Discovery; readonly trials: Trials; readonly terminals: TrialTerminals },
): Attempts & Disposable {
  const specs = specsOf(proposals, place, discovery);
  const specOf = (id: string): ServiceSpec | undefined => specs.find(({ key }) => key === trialKey(id));
  return {
    try: async (id, tell, signal) => {
      const spec = specOf(id);
      if (spec === undefined) return { kind: 'failed', why: t('What was found of it is no valid service.') };
      return trials.try({ specs, id: spec.id, tell, signal });
    },
    showTerminal: (id) => terminals.show(specOf(id)?.id ?? '', 'keepFocus'),
    dispose: () => {
      for (const { id } of specs) terminals.close(id);
    },
  };
}

/** Named so that the person sees what its terminal is, and that no service of the file has the id. */
const trialKey = (key: string): string => t('{0} (try)', key);

/** As they would be read from services.json. */
function specsOf(
  proposals: readonly ProposedService[],
  { folder, folderName }: Place,
  discovery: Discovery,
): readonly ServiceSpec[] {
  const written = discovery.writeServices(undefined, proposals);
  if (!written.ok) return [];
  const { services } = parseServices(written.text, { folder, folderName: `try in ${folderName}`, multiRoot: true });
  return services.map((spec) => ({ ...spec, key: trialKey(spec.key), folderName }));
}
