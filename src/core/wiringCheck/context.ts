/** Everything that the wiring check knows about one workspace folder. */
import { isInside } from '../workspaceFiles/paths';
import type { Reading } from '../model/process';
import type { ServiceSpec } from '../model/service';

export interface WiringContext {
  /** Services of the folder. */
  readonly services: readonly WiringService[];
  /** Services of the other folders: their ports are in use, but a file of this folder never means them. */
  readonly elsewhere: readonly WiringService[];
  /** Contents of the folder's files by absolute path, unsaved changes included. */
  readonly texts: ReadonlyMap<string, string>;
  /** Whether a process is listening on a port of this machine. */
  readonly listens: (port: number) => Reading<boolean>;
}

/** A service, with what the check needs of its state. */
export interface WiringService {
  readonly spec: ServiceSpec;
  /** Working directory. */
  readonly cwd: string;
  /** The port in its output, where that is not the configured one. */
  readonly printedPort?: number;
  readonly isHealthy: boolean;
}

/** A service whose port is known. */
export interface Server extends WiringService {
  readonly port: number;
}

/** Leaves out services that announced another port than the configured one: a diagnosis reports those, and their port is not known. */
export const serversOf = (services: readonly WiringService[]): readonly Server[] =>
  services.flatMap((service) => {
    const { port } = service.spec;
    return port === undefined || service.printedPort !== undefined ? [] : [{ ...service, port }];
  });

/** Returns the services whose folder contains the file: those of the innermost folder. */
export function ownersOf(file: string, { services }: WiringContext): readonly WiringService[] {
  const containing = services.filter(({ cwd }) => isInside(file, cwd));
  const innermost = Math.max(...containing.map(({ cwd }) => cwd.length));
  return containing.filter(({ cwd }) => cwd.length === innermost);
}

/** Returns all parts of the configuration that can contain a port, joined. */
export const configuredText = ({ command, env, url, setup, stopCommand, probe, checks }: ServiceSpec): string =>
  [
    ...(typeof command === 'string' ? [command] : command),
    ...Object.values(env),
    ...setup.map((step) => step.command),
    ...checks.map(({ http }) => http),
    ...(probe === undefined ? [] : [Object.values(probe.target).join(' ')]),
    url ?? '',
    stopCommand ?? '',
  ].join('\n');

/** Whether the service takes its port from services.json, because its command or its environment contains `${port}`. */
export const takesPort = ({ command, env }: ServiceSpec): boolean =>
  [command, ...Object.values(env)].flat().some((text) => text.includes('${port}'));
