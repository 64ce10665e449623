/** A path for health that was inferred and not tried. It is written so that a wrong one blocks no service that waits for this one. */
import type { Health } from './health';
import type { ProbeSpec } from './service';

/** What a server responds with that does not know the path, or requires a login for it. */
const refusals: readonly number[] = [401, 403, 404];

/** The statuses that services.json accepts for such a path: those of a success or a redirect, and those of a wrong path. */
export const unprovenStatuses: readonly number[] = [200, 204, 301, 302, 303, 307, 308, ...refusals];

/** Whether the path is not tried yet: nobody would accept all three refusals for a path that is known to be right. */
export const isUnproven = ({ target, status = [], json }: ProbeSpec): boolean =>
  target.kind === 'http' && json === undefined && refusals.every((refusal) => status.includes(refusal));

/** Returns the status that shows that the path is wrong, although the service counts as up; undefined when none does. */
export function doubtfulStatus(probe: ProbeSpec | undefined, health: Health): number | undefined {
  if (probe === undefined || !isUnproven(probe) || health.kind !== 'healthy' || !health.last.ok) return undefined;
  const { status } = health.last;
  return status !== undefined && refusals.includes(status) ? status : undefined;
}
