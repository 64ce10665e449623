/** Stops a service of a folder that is not open here through the window that supervises it, so that its row there says why. */
import { Slot } from '../lifetime';
import type { Clock } from '../ports';
import type { PortRequest } from '../run/launching';
import { protocolVersion, toFollower } from './messages';
import type { ToLeader } from './messages';
import type { Address, Channel, Connection } from './ports';

/** A window that does not reply within this time is not waited for. */
const welcomeMs = 3000;

export interface ElsewhereParts {
  readonly channel: Pick<Channel, 'connect'>;
  readonly clock: Clock;
}

/** `folder` is its real path. */
export interface Elsewhere {
  readonly address: Address;
  readonly folder: string;
  readonly key: string;
}

/** Settles when the service has stopped, or cannot be; false when that window was not reached, or went meanwhile. */
export async function stopElsewhere(
  { address, folder, key }: Elsewhere,
  request: PortRequest,
  { channel, clock }: ElsewhereParts,
): Promise<boolean> {
  const connected = await channel.connect(address);
  if (connected.kind !== 'known') return false;
  const connection = connected.value;
  const late = new Slot();
  const isTaken = new Promise<boolean>((resolve) => {
    late.set(clock.after(welcomeMs, () => resolve(false)));
    connection.listen({
      received: (message) => {
        const known = toFollower(message);
        if (known?.kind === 'welcome') {
          late.dispose();
          send(connection, { kind: 'stopForPort', number: 1, key, ...request });
        } else if (known?.kind === 'taken' || known?.kind === 'refused') resolve(known.kind === 'taken');
      },
      closed: () => resolve(false),
    });
    send(connection, { kind: 'hello', protocol: protocolVersion, folder });
  });
  return isTaken.finally(() => {
    late.dispose();
    connection.dispose();
  });
}

const send = (connection: Connection, message: ToLeader): void => connection.send(message);
