/** What the rest asks of discovery, which is loaded only when it is asked for. */
import type { ProposedService, Written } from '../../core/addServices/proposal';
import type { FolderReader } from '../ports';

export interface Discovery {
  /** Reads, and does nothing else. Never rejects. */
  discover(folder: FolderReader): Promise<readonly ProposedService[]>;
  /** `text` is what services.json holds; undefined when there is none. In the order of the proposals. */
  compare(text: string | undefined, proposals: readonly ProposedService[]): readonly Compared[];
  /** Keeps whatever is in the text. */
  writeServices(text: string | undefined, accepted: readonly ProposedService[]): Written;
}

/** A proposal beside a services.json. */
export interface Compared {
  /** Under an id that is free in the file, with its dependencies as they are called there. */
  readonly proposal: ProposedService;
  /** The key of the service in the file that seems to be the same. */
  readonly presentAs?: string;
}
