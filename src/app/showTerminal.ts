/** Shows the terminal that is most useful for the present state of a service. */
import type { Lifecycle } from '../core/lifecycle/state';
import type { ServiceSpec } from '../core/model/service';
import type { Store } from './store';
import type { World } from './world';

/** `elsewhere`: it is in another window of the folder. */
export type Showing = 'shown' | 'missing' | 'elsewhere';

interface Parts {
  readonly store: Store;
  readonly world: World;
  readonly terminals: { has(run: string): boolean };
  readonly sharing: { hasTerminalElsewhere(spec: ServiceSpec, run: string): boolean };
}

/** That of its setup step while one runs or when one failed, else its own. `keepFocus`: the keyboard stays where it is. */
export function showTerminal(id: string, focus: 'keepFocus' | 'takeFocus', { store, world, terminals, sharing }: Parts): Showing {
  const service = store.get(id);
  if (service === undefined) return 'missing';
  const { lifecycle } = service.state;
  const run = lifecycle.run ?? '';
  const isElsewhere = sharing.hasTerminalElsewhere(service.spec, run);
  // This window may still have the terminal of a run that it started before.
  if (isElsewhere && !terminals.has(run)) return lifecycle.kind === 'stopped' ? 'missing' : 'elsewhere';
  const source = concernsSetup(lifecycle) ? world.steps : world.terminals;
  return source.show(id, focus) ? 'shown' : 'missing';
}

const concernsSetup = (lifecycle: Lifecycle): boolean =>
  lifecycle.kind === 'launching' || (lifecycle.kind === 'failed' && lifecycle.failure.kind === 'setup');
