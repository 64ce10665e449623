/** What Add Services needs from other layers. */
import type { ComparedProposal, Discovered, ProposedService, WrittenServices } from '../../core/addServices/proposal';
import type { FolderReader } from '../ports';

/** Implemented by the discovery bundle, which is loaded on first use. */
export interface Discovery {
  /** Only reads files. Never rejects. */
  discover(folder: FolderReader): Promise<readonly ProposedService[]>;
  /** Like `discover`, and also returns whether the search ended early. */
  search(folder: FolderReader): Promise<Discovered>;
  /** In the order of the proposals. `text` is the content of services.json; undefined when there is no such file. */
  compare(text: string | undefined, proposals: readonly ProposedService[]): readonly ComparedProposal[];
  /** Adds services to the text and keeps everything else in it. */
  writeServices(text: string | undefined, accepted: readonly ProposedService[]): WrittenServices;
}

/** The terminals of test runs. */
export interface TestRunTerminals {
  /** Brings the terminal to the front; false when there is none. */
  show(serviceId: string, focus: 'keepFocus'): boolean;
  close(serviceId: string): void;
}
