/** What discovery found and offers to write into services.json. */
import type { ServiceConfig } from '../config/schema';

export interface ProposedService {
  /** Its key in services.json. */
  readonly id: string;
  readonly config: ServiceConfig;
  /** Sentences for a person, each with where it was seen: "app = FastAPI() in backend/main.py:12". */
  readonly evidence: readonly string[];
}

/** The text of services.json with proposals in it, or why there is none. */
export type Written =
  /** `kept` are the ids that were in the file before: they stay as they are. */
  | { readonly ok: true; readonly text: string; readonly kept: readonly string[] }
  /** One sentence for a person. */
  | { readonly ok: false; readonly why: string };
