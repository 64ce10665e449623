/** Which processes hold a port, as far as the system shows it. */
import type { PortOwner, ProcessIdentity } from '../core/model/process';
import type { PortLook } from './ports';

/** The same as {@link PortLook} without a word of services. */
export interface PortSight {
  look(port: number): Promise<PortSighting>;
}

export type PortSighting =
  | Exclude<PortLook, { kind: 'taken' }>
  /** Without owners when they cannot be seen from here. */
  | { readonly kind: 'taken'; readonly owners: readonly SeenOwner[] };

export interface SeenOwner extends Omit<PortOwner, 'origin'> {
  /** Value of the variable that all processes of a run inherit, where the system shows it. */
  readonly run?: string;
  /** The process itself, its parent and so on. */
  readonly lineage: readonly ProcessIdentity[];
  readonly isEditor: boolean;
}
