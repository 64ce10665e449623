/** Shows the terminal that tells most about a service as it is now. */
import type { Lifecycle } from '../core/lifecycle/state';
import type { Store } from './store';
import type { World } from './world';

/** That of its setup step while one runs or when one failed, else its own; false when there is none. */
export function showTerminal(id: string, { store, world }: { readonly store: Store; readonly world: World }): boolean {
  const lifecycle = store.get(id)?.state.lifecycle;
  const isAboutSetup = lifecycle !== undefined && concernsSetup(lifecycle);
  return isAboutSetup ? world.steps.show(id, 'takeFocus') : world.terminals.show(id, 'takeFocus');
}

const concernsSetup = (lifecycle: Lifecycle): boolean =>
  lifecycle.kind === 'launching' || (lifecycle.kind === 'failed' && lifecycle.failure.kind === 'setup');
