/** Services that discovery found and offers to write into services.json. */
import type { ServiceConfig } from '../config/schema';

export interface ProposedService {
  /** Its key in services.json. */
  readonly id: string;
  readonly config: ServiceConfig;
  /** What was found, each with its place: "app = FastAPI() in backend/main.py:12". */
  readonly evidence: readonly string[];
  /** Another way to run the same service. */
  readonly alternative?: Alternative;
}

export interface Alternative {
  readonly config: ServiceConfig;
  readonly evidence: readonly string[];
  readonly runsIn: 'container' | 'source';
}

/** The proposal with its alternative in the place of what was proposed, which becomes the alternative; the same without one. */
export function exchanged(proposal: ProposedService): ProposedService {
  const { id, config, evidence, alternative } = proposal;
  if (alternative === undefined) return proposal;
  const runsIn = alternative.runsIn === 'container' ? 'source' : 'container';
  return { id, config: alternative.config, evidence: alternative.evidence, alternative: { config, evidence, runsIn } };
}

/** What discovery found in a folder. */
export interface Discovered {
  readonly proposals: readonly ProposedService[];
  /** `outOfTime`: 2 s were used up. `tooMany`: only the first services are proposed. */
  readonly ended: 'complete' | 'outOfTime' | 'tooMany';
}

/** A proposal next to the services of a services.json. */
export interface ComparedProposal {
  /** Its id is free in the file, and its dependencies have the names that they have there. */
  readonly proposal: ProposedService;
  /** The key of the service in the file that seems to be the same one. */
  readonly presentAs?: string;
}

/** The text of services.json with proposals in it, or why it was not written. */
export type WrittenServices =
  /** `kept` are the ids that were in the file before: they stay unchanged. */
  | { readonly ok: true; readonly text: string; readonly kept: readonly string[] }
  /** `why` is one sentence. */
  | { readonly ok: false; readonly why: string };
