/** What one folder is shared with other windows by. */
import type { Clock, Log } from '../ports';
import type { FollowerParts } from './follower';
import type { LeaderParts } from './leader';
import type { LeaseParts } from './lease';
import type { Channel, Holder, OwnWindow } from './ports';
import type { Knowledge } from './takeOverFolder';

export interface ShareParts extends LeaseParts {
  readonly folder: string;
  /** Its real path. */
  readonly place: string;
  readonly channel: Pick<Channel, 'connect'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly window: OwnWindow;
  me(): Promise<Holder>;
  /** Continues what runs in the folder, and adopts what no window watched. */
  takeOver(knowledge: Knowledge): Promise<void>;
  led(): void;
  /** The other way: another window leads from now on. */
  letGo(): void;
  readonly leader: Pick<LeaderParts, 'store' | 'supervisor' | 'terminals'>;
  readonly follower: Pick<FollowerParts, 'store' | 'terminals' | 'follow' | 'used' | 'remember' | 'askAboutPort'>;
  /** Reports to the user why a request was not carried out. */
  refused(why: Refusal, key: string): void;
}

/** `version`: the other window runs another version of this extension. */
export type Refusal = 'unreachable' | 'untrusted' | 'version';
