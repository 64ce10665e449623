import { openSessions } from '../../support/workbench/session';

/** For an `after` hook: also right when a `before` was skipped or failed half-way. */
export async function stopSessions(): Promise<void> {
  for (const session of [...openSessions]) await session.stop();
}
