/** Where the browser of the user reaches a service of a remote window. */
import { addressToForward } from '../core/snapshot/addressToForward';
import type { Service } from '../core/lifecycle/state';
import { forwardedAddress } from '../host/ports/forwardedAddress';

/** Undefined where that is its own address, and for what no browser shows. */
export async function externalUrlOf(service: Service): Promise<string | undefined> {
  const address = addressToForward(service);
  return address === undefined ? undefined : forwardedAddress(address);
}
