/** Who the process is that a terminal has started. */
import type { ProcessTable } from '../../app/ports';
import type { ProcessIdentity } from '../../core/model/process';
import { endedUnseen, unverified } from '../../core/model/process';
import { wait } from './wait';

/** A system that could not be looked at once, such as a PowerShell that was late, usually can soon after. */
const identityTries = 3;
const identityPauseMs = 300;

/**
 * It may have ended already, which the exit watch finds out: no process has that identity. One that cannot be looked at, also when
 * asked again, is followed as unverified: that is no end of it.
 */
export async function launchedProcess(
  pid: number,
  processes: Pick<ProcessTable, 'identify'>,
  pause: (ms: number) => Promise<unknown> = wait,
): Promise<ProcessIdentity> {
  for (let left = identityTries; left > 0; left -= 1) {
    const identity = await processes.identify(pid);
    if (identity.kind === 'known') return identity.value ?? { pid, born: endedUnseen };
    if (left > 1) await pause(identityPauseMs);
  }
  return { pid, born: unverified };
}
