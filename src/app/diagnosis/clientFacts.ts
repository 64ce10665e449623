/** Reads which processes of this machine have connections to the port of a service that does not respond. */
import type { Service } from '../../core/lifecycle/state';
import { known, unavailable } from '../../core/model/process';
import type { Reading } from '../../core/model/process';
import { t } from '../../core/wording/l10n';
import type { PortTable } from '../ports';

/** Number of connections by pid. */
export type PortClients = Reading<ReadonlyMap<number, number>>;

/** The clients of a healthy service are not read: they explain nothing, and the reading is expensive on Windows and macOS. */
export async function readClients({ spec, state: { lifecycle } }: Service, portTable: PortTable): Promise<PortClients> {
  if (spec.port === undefined) return unavailable(t('The service has no port.'));
  const health = 'health' in lifecycle ? lifecycle.health : undefined;
  const isWell = health === undefined || health.kind === 'none' || (health.kind === 'healthy' && health.streak.failures === 0);
  return isWell ? known(new Map()) : portTable.clients(spec.port);
}
