/** Converts a candidate to an entry of services.json. */
import { defined } from '../../core/model/defined';
import type { ServiceConfig } from '../../core/config/schema';
import type { Candidate } from '../candidate';
import { commandOf } from '../command';
import type { Links } from './links';

/** The order of the keys is for reading: what it is, how it starts, how it is reached, what it needs. */
export function configOf(candidate: Candidate, { needs }: Links): ServiceConfig {
  const { role, cwd, command, port, health, openPath, more } = candidate;
  const { env, envFile, setup, stopCommand } = more ?? {};
  return {
    role,
    command: typeof command === 'string' ? command : commandOf(command),
    ...defined({
      cwd: cwd === '' ? undefined : cwd,
      env,
      envFile,
      port: port?.number,
      url: port === undefined || openPath === undefined ? undefined : `http://localhost:${port.number}${openPath}`,
      health,
      dependsOn: needs.size === 0 ? undefined : dependsOnOf(needs),
      setup,
      stopCommand,
    }),
  };
}

/** A list, when it means the same. */
const dependsOnOf = (needs: Links['needs']): NonNullable<ServiceConfig['dependsOn']> =>
  [...needs.values()].every((condition) => condition === 'healthy') ? [...needs.keys()] : Object.fromEntries(needs);
