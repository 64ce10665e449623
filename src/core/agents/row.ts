/** One service as a row of the list, and its verdict as far as the state alone shows it. */
import type { Code } from '../diagnosis/codes';
import { defined } from '../model/defined';
import type { Failure, ProbeFailure } from '../model/failure';
import type { PortOwner } from '../model/process';
import type { Lifecycle, Service } from '../lifecycle/state';
import { toSnapshot } from '../snapshot/toSnapshot';
import { stateWords } from '../views/words';
import type { ServiceRow, ShownOwner, ShownVerdict } from './outcome';

/** Removes what must not leave the machine. */
export type Clean = (text: string) => string;

/** `externalUrl`: see {@link ServiceRow}. */
export function rowOf(service: Service, clean: Clean, externalUrl?: string): ServiceRow {
  const { lifecycle } = service.state;
  const snapshot = toSnapshot(service);
  const since = sinceOf(lifecycle);
  return defined({
    service: snapshot.id,
    state: stateWords(service),
    lifecycle: snapshot.lifecycle,
    health: snapshot.health,
    url: snapshot.url,
    externalUrl,
    port: snapshot.port,
    pid: snapshot.pid,
    since: since === undefined ? undefined : timeOf(since),
    startedBy: snapshot.startedBy,
    waitingFor: lifecycle.kind === 'queued' ? lifecycle.waitingFor.map(({ id }) => id) : undefined,
    restarts: snapshot.restarts,
    verdict: quickVerdict(service, clean),
    groups: snapshot.groups.length === 0 ? undefined : snapshot.groups,
  });
}

/** `at` in ms since the epoch. */
export const timeOf = (at: number): string => new Date(at).toISOString();

function sinceOf(lifecycle: Lifecycle): number | undefined {
  if (lifecycle.kind === 'running') {
    const { health } = lifecycle;
    return 'since' in health ? health.since : lifecycle.readyAt;
  }
  if ('since' in lifecycle) return lifecycle.since;
  return 'at' in lifecycle ? lifecycle.at : undefined;
}

/** Without a diagnosis; undefined for a service that is well, on its way or stopped. */
export function quickVerdict(service: Service, clean: Clean): ShownVerdict | undefined {
  const code = codeOf(service.state.lifecycle);
  const { reason } = toSnapshot(service);
  return code === undefined || reason === undefined ? undefined : { code, sentence: clean(reason) };
}

function codeOf(lifecycle: Lifecycle): Code | undefined {
  switch (lifecycle.kind) {
    case 'failed':
    case 'backingOff':
      return codeOfFailure(lifecycle.failure);
    case 'launching':
      return lifecycle.phase.kind === 'blocked' ? 'address-in-use' : undefined;
    case 'starting':
    case 'running':
      if (lifecycle.ended !== undefined) return 'part-ended';
      if (lifecycle.health.kind === 'unhealthy') return codeOfProbe(lifecycle.health.last.failure);
      return lifecycle.question === undefined || lifecycle.health.kind === 'healthy' ? undefined : 'waiting-for-input';
    case 'external':
      return lifecycle.health.kind === 'unhealthy' ? codeOfProbe(lifecycle.health.last.failure) : undefined;
    default:
      return undefined;
  }
}

function codeOfFailure(failure: Failure): Code {
  switch (failure.kind) {
    case 'launch':
      return 'not-launched';
    case 'crashed':
      return 'crashed';
    case 'setup':
      return 'setup-failed';
    case 'neverReady':
      return 'not-listening';
    case 'dependency':
      return 'dependency-down';
    case 'portTaken':
    case 'portStillHeld':
      return 'address-in-use';
    case 'portForbidden':
      return 'port-forbidden';
    case 'cannotStop':
      return 'cannot-stop';
    case 'gaveUp':
      return 'crash-loop';
  }
}

const probeCodes: Readonly<Partial<Record<ProbeFailure['kind'], Code>>> = {
  workerDead: 'reloader-alone',
  refused: 'not-listening',
  noAnswer: 'hung',
  slow: 'slow',
  httpsExpected: 'https-expected',
  httpExpected: 'http-expected',
  notHttp: 'not-http',
  badStatus: 'bad-status',
  badBody: 'bad-body',
  containerUnhealthy: 'container-unhealthy',
};

const codeOfProbe = (failure: ProbeFailure): Code =>
  failure.kind === 'badStatus' && failure.why === 'host' ? 'host-not-allowed' : (probeCodes[failure.kind] ?? 'probe-failed');

/** Who holds the port of a service that could not start because of it. */
export function ownersOf(lifecycle: Lifecycle, clean: Clean): readonly ShownOwner[] | undefined {
  const owners = portOwners(lifecycle);
  return owners?.map(({ process, command, cwd, origin }) =>
    defined({
      pid: process.pid,
      command: clean(command),
      folder: cwd,
      service: origin.kind === 'service' ? (origin.id ?? origin.key) : undefined,
    }),
  );
}

function portOwners(lifecycle: Lifecycle): readonly PortOwner[] | undefined {
  if (lifecycle.kind === 'launching') return lifecycle.phase.kind === 'blocked' ? lifecycle.phase.owners : undefined;
  return lifecycle.kind === 'failed' && lifecycle.failure.kind === 'portTaken' ? lifecycle.failure.owners : undefined;
}
