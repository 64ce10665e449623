/** Reads what `docker inspect` prints for containers. */
import type { Container, ContainerHealth, PublishedAddress } from '../model/container';
import { defined } from '../model/defined';
import { at, entriesAt, listAt, parseJson, textAt, wholeAt } from './json';

/** More output of a health check is not shown anywhere. */
const maxOutputLength = 4000;

const states = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;

/** What Podman calls them in addition. */
const ofPodman: ReadonlyMap<string, Container['state']> = new Map([
  ['configured', 'created'],
  ['initialized', 'created'],
  ['stopping', 'running'],
  ['stopped', 'exited'],
]);

/** Undefined when this is not what `docker inspect` prints. What is no container is left out. */
export function parseInspect(printed: string): readonly Container[] | undefined {
  const value = parseJson(printed);
  return Array.isArray(value) ? value.flatMap((entry: unknown) => toContainer(entry) ?? []) : undefined;
}

function toContainer(entry: unknown): Container | undefined {
  const id = textAt(entry, 'Id');
  const status = textAt(entry, 'State', 'Status');
  const state = states.find((each) => each === status) ?? ofPodman.get(status);
  if (id === '' || state === undefined) return undefined;
  return {
    id,
    name: textAt(entry, 'Name').replace(/^\//, ''),
    project: textAt(entry, 'Config', 'Labels', projectLabel),
    service: textAt(entry, 'Config', 'Labels', serviceLabel),
    image: textAt(entry, 'Config', 'Image'),
    state,
    exitCode: wholeAt(entry, 'State', 'ExitCode'),
    outOfMemory: at(entry, 'State', 'OOMKilled') === true,
    restarts: wholeAt(entry, 'RestartCount'),
    error: textAt(entry, 'State', 'Error'),
    ports: entriesAt(entry, 'NetworkSettings', 'Ports').flatMap(([port, hosts]) => addressesOf(port, hosts)),
    ...defined({
      startedAt: momentAt(entry, 'StartedAt'),
      finishedAt: momentAt(entry, 'FinishedAt'),
      health: healthOf(at(entry, 'State', 'Health')),
    }),
  };
}

/** Labels by which Compose finds its containers again. */
export const projectLabel = 'com.docker.compose.project';
export const serviceLabel = 'com.docker.compose.service';

/** The zero of Go's time means never. */
function momentAt(entry: unknown, key: 'StartedAt' | 'FinishedAt'): string | undefined {
  const moment = textAt(entry, 'State', key);
  return moment === '' || moment.startsWith('0001-') ? undefined : moment;
}

function healthOf(health: unknown): ContainerHealth | undefined {
  const written = textAt(health, 'Status');
  const status = (['starting', 'healthy', 'unhealthy'] as const).find((each) => each === written);
  // "none" is what an image says whose check was disabled.
  if (status === undefined) return undefined;
  const output = textAt(listAt(health, 'Log').at(-1), 'Output');
  return { status, failures: wholeAt(health, 'FailingStreak'), output: output.slice(0, maxOutputLength).trim() };
}

/** `port` is as in "80/tcp". The same port for IPv4 and IPv6 is two addresses. */
function addressesOf(port: string, hosts: unknown): readonly PublishedAddress[] {
  const [, target = '', written] = /^(\d{1,5})(?:\/(tcp|udp|sctp))?$/.exec(port) ?? [];
  if (target === '' || !Array.isArray(hosts)) return [];
  const protocol = written === 'udp' || written === 'sctp' ? written : 'tcp';
  return hosts
    .map((host: unknown) => ({ host: textAt(host, 'HostIp'), published: textAt(host, 'HostPort') }))
    .filter(({ published }) => /^[1-9]\d{0,4}$/.test(published))
    .map(({ host, published }) => ({ host, published: Number(published), target: Number(target), protocol }));
}
