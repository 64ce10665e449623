/** Finds a port for a service whose port another service has. */
import type { Node } from '../config/find';
import { servicesOf } from '../config/references';
import { propertiesOf } from '../config/tree';

/** Returns the next port that no service of the file has; undefined when there is none above. */
export function nextFreePort(port: number, root: Node | undefined): number | undefined {
  const taken = new Set(
    servicesOf(root).map(({ value }): unknown => propertiesOf(value).find(({ key }) => key === 'port')?.value?.value),
  );
  for (let next = port + 1; next <= 65_535; next++) if (!taken.has(next)) return next;
  return undefined;
}
