/** Which port a service of a folder has, as far as it may be chosen: the same for every window of this machine. */
import type { PortChoice } from '../../core/model/service';

/** Whose port it is. With another choice, it is another port. */
export interface PortClaimant {
  readonly folder: string;
  /** Key of the service in services.json. */
  readonly key: string;
  readonly choice: PortChoice;
}

export interface PortClaims {
  /** The port that the claimant has; undefined when it has none, or it cannot be read. Synchronous. */
  read(claimant: PortClaimant): number | undefined;
  /**
   * The port that the claimant has, or else the first port of its choice that can be bound, that has no other claim and is
   * not in `avoided`; undefined when there is none.
   */
  claim(claimant: PortClaimant, avoided: ReadonlySet<number>): Promise<number | undefined>;
  /** The same, instead of the port that it has and that another process holds. Only the window that supervises the folder may do so. */
  move(claimant: PortClaimant, avoided: ReadonlySet<number>): Promise<number | undefined>;
}
