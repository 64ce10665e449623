/** Whether the container of a service with `compose` runs, whoever started it. */
import { isUp } from '../../core/compose/choose';
import type { ServiceSpec } from '../../core/model/service';
import type { Containers } from '../containerPorts';

/** False when the engine does not say. */
export async function containerRuns(spec: ServiceSpec, containers: Pick<Containers, 'look'>): Promise<boolean> {
  if (spec.compose === undefined) return false;
  const seen = await containers.look(spec);
  return seen.kind === 'known' && seen.value !== undefined && isUp(seen.value.state);
}
