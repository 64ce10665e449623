import { openSessions } from '../../support/workbench/session';

/** For an `after` hook. It works also when a `before` hook was skipped or failed. */
export async function stopSessions(): Promise<void> {
  for (const session of [...openSessions]) await session.stop();
}
