/** Which services are to start with the workspace, as far as configuration says. */
import type { ServiceSpec } from '../model/service';

/** `groups`: the value of the setting `autoStartGroups`, which may be anything; names of groups, with or without "@". */
export function startsWithWorkspace(
  { autoStart, groups: own }: Pick<ServiceSpec, 'autoStart' | 'groups'>,
  groups: unknown,
): boolean {
  if (autoStart) return true;
  return Array.isArray(groups) && own.some((name) => groups.includes(name) || groups.includes(`@${name}`));
}
