/** Converts a candidate to an entry of services.json. */
import { defined } from '../../core/model/defined';
import type { ServiceConfig } from '../../core/config/schema';
import type { Candidate } from '../candidate';
import { commandOf } from '../command';
import type { Links } from './links';

/**
 * The order of the keys is for reading: what it is, how it starts, how it is reached, what it needs. Of a service with `compose` the engine
 * knows the health, and how it is stopped.
 */
export function configOf(candidate: Candidate, { needs }: Links): ServiceConfig {
  const { role, cwd, compose, port, health, openPath, more } = candidate;
  const { env, envFile, setup, stopCommand } = more ?? {};
  return {
    role,
    ...(compose === undefined ? { command: commandIn(candidate) } : { compose }),
    ...defined({
      cwd: cwd === '' ? undefined : cwd,
      env,
      envFile,
      port: port?.number,
      url: port === undefined || openPath === undefined ? undefined : `http://localhost:${port.number}${openPath}`,
      health: compose === undefined ? health : undefined,
      dependsOn: needs.size === 0 ? undefined : dependsOnOf(needs),
      setup,
      stopCommand: compose === undefined ? stopCommand : undefined,
    }),
  };
}

const commandIn = ({ command }: Candidate): string | string[] => (typeof command === 'string' ? command : commandOf(command));

/** A list, when it means the same. */
const dependsOnOf = (needs: Links['needs']): NonNullable<ServiceConfig['dependsOn']> =>
  [...needs.values()].every((condition) => condition === 'healthy') ? [...needs.keys()] : Object.fromEntries(needs);
