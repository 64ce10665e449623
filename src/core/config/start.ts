/** What an entry of services.json starts: its command, or a service of a Compose file. */
import { upWords } from '../compose/words';
import { defined } from '../model/defined';
import type { ComposeRef, ServiceSpec } from '../model/service';
import type { ServiceConfig } from './schema';

/** `checkStart` reports an entry that has neither or both. */
export function startOf({
  command = '',
  compose,
}: Pick<ServiceConfig, 'command' | 'compose'>): Pick<ServiceSpec, 'command' | 'compose'> {
  if (compose === undefined) return { command };
  const ref = refOf(compose);
  return { command: upWords(ref), compose: ref };
}

function refOf(written: NonNullable<ServiceConfig['compose']>): ComposeRef {
  if (typeof written === 'string') return { service: written, files: [], profiles: [], build: false };
  const { service, files = [], profiles = [], project, build = false } = written;
  return { service, files, profiles, build, ...defined({ project }) };
}
