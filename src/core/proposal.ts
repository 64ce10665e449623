/** What discovery found and offers to write into services.json. */
import type { ServiceConfig } from './config/schema';

export interface ProposedService {
  /** Its key in services.json. */
  readonly id: string;
  readonly config: ServiceConfig;
  /** Sentences for a person, each with where it was seen: "app = FastAPI() in backend/main.py:12". */
  readonly evidence: readonly string[];
}
