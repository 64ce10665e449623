/** Which address of a service is worth forwarding to the machine of the user, where that is another one. */
import type { Service } from '../lifecycle/state';
import { toSnapshot } from './toSnapshot';

/** To ask for it opens the port on the other machine: only what a browser can show, and only while it responds. */
export function addressToForward(service: Service): string | undefined {
  const { url, health } = toSnapshot(service);
  return health === 'healthy' && service.spec.role !== 'database' ? url : undefined;
}
