import type { Context } from 'mocha';
import { keepEvidence } from '../../support/workbench/evidence';
import { openSessions } from '../../support/workbench/session';

/**
 * For an `after` hook. It works also when a `before` hook was skipped or failed; what shows why is kept then, since no `afterEach`
 * hook of Mocha runs after that failure.
 */
export async function stopSessions(this: Context): Promise<void> {
  const { suite, tests } = beside(this);
  if (tests.length > 0 && tests.every(({ state }) => state === undefined)) await keepEvidence(`${suite} before all`);
  for (const session of [...openSessions]) await session.stop();
}

function beside({ test }: Context): {
  readonly suite: string;
  readonly tests: readonly { readonly state?: string | undefined }[];
} {
  return { suite: test?.parent?.fullTitle() ?? '', tests: test?.parent?.tests ?? [] };
}
