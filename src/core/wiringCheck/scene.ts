/** What the wiring check knows of one workspace folder. */
import { isInside } from '../workspaceFiles/paths';
import type { Reading } from '../model/process';
import type { ServiceSpec } from '../model/service';

export interface Scene {
  /** The services of the folder. */
  readonly services: readonly Party[];
  /** Those of the other folders: their ports are somebody's, but they are never what a file of this folder means. */
  readonly elsewhere: readonly Party[];
  /** Texts of the folder's files by absolute path, as they are in the editor. */
  readonly texts: ReadonlyMap<string, string>;
  /** Whether somebody listens on a port of this machine. */
  readonly listens: (port: number) => Reading<boolean>;
}

/** A service as the check sees it. */
export interface Party {
  readonly spec: ServiceSpec;
  /** The folder that it works in. */
  readonly cwd: string;
  /** The port that its output names, where that is not the configured one. */
  readonly printedPort?: number;
  readonly isHealthy: boolean;
}

/** A service with a port that nothing speaks against. */
export interface Server extends Party {
  readonly port: number;
}

/** One that listens elsewhere than services.json says is the matter of a diagnosis: until then nobody knows its port. */
export const serversOf = (parties: readonly Party[]): readonly Server[] =>
  parties.flatMap((party) => {
    const { port } = party.spec;
    return port === undefined || party.printedPort !== undefined ? [] : [{ ...party, port }];
  });

/** The services in whose folder a file lies: those of the innermost folder. */
export function ownersOf(file: string, { services }: Scene): readonly Party[] {
  const around = services.filter(({ cwd }) => isInside(file, cwd));
  const innermost = Math.max(...around.map(({ cwd }) => cwd.length));
  return around.filter(({ cwd }) => cwd.length === innermost);
}

/** Everything about a service in which a port can be written. */
export const wordsOf = ({ command, env, url, setup, stopCommand, probe, checks }: ServiceSpec): string =>
  [
    ...(typeof command === 'string' ? [command] : command),
    ...Object.values(env),
    ...setup.map((step) => step.command),
    ...checks.map(({ http }) => http),
    ...(probe === undefined ? [] : [Object.values(probe.target).join(' ')]),
    ...[url ?? '', stopCommand ?? ''],
  ].join('\n');

/** It listens where services.json says, because its command or its environment takes the port from there. */
export const takesPort = ({ command, env }: ServiceSpec): boolean =>
  [command, ...Object.values(env)].flat().some((text) => text.includes('${port}'));
