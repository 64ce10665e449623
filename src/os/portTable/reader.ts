import type { PortTable } from '../../app/ports';

/** What differs from system to system: who listens. Binding is the same everywhere. */
export type PortReader = Omit<PortTable, 'canBind'>;
