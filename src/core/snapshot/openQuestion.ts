import type { Lifecycle } from '../lifecycle/state';

/**
 * What waits for the user: which process may have the port, an answer in the terminal, whether it may start with the workspace, or
 * whether commands that were changed may run.
 */
export type OpenQuestion = 'port' | 'terminal' | 'autoStart' | 'changedCommands';

/** Returns undefined when nothing waits. A healthy service works, whatever it asks in its terminal. */
export function openQuestion(lifecycle: Lifecycle): OpenQuestion | undefined {
  switch (lifecycle.kind) {
    case 'stopped':
      return lifecycle.cause.kind === 'awaitingConsent' ? 'autoStart' : undefined;
    case 'launching':
      return lifecycle.phase.kind === 'blocked' ? 'port' : undefined;
    case 'starting':
    case 'running':
      return lifecycle.question !== undefined && lifecycle.health.kind !== 'healthy' ? 'terminal' : undefined;
    case 'failed': {
      const { failure } = lifecycle;
      return failure.kind === 'launch' && failure.failure.kind === 'notAgreed' ? 'changedCommands' : undefined;
    }
    default:
      return undefined;
  }
}
