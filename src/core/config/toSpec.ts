/** Converts a valid entry of services.json to the spec that the rest of the extension works with. */
import * as v from 'valibot';
import { defined } from '../model/defined';
import type { CheckSpec, Dependency, ProbeSpec, ProbeTarget, ServiceSpec, SetupStep } from '../model/service';
import { healthSchema } from './probeSchema';
import type { ReadService } from './schema';
import { startOf } from './start';

/** What the entry itself does not contain. */
export interface SpecPlace {
  readonly id: string;
  readonly key: string;
  readonly folder: string;
  readonly folderName: string;
  readonly dependsOn: readonly Dependency[];
}

export function toSpec(entry: ReadService, place: SpecPlace): ServiceSpec {
  const { port } = entry;
  const isFixed = typeof port === 'number';
  return {
    ...place,
    role: entry.role,
    groups: entry.groups,
    ...startOf(entry),
    cwd: entry.cwd,
    env: entry.env,
    envFiles: entry.envFile,
    checks: entry.checks.map(toCheck),
    setup: entry.setup.map(toStep),
    commands: entry.commands,
    debug: entry.debug,
    watch: entry.watch,
    restart: entry.restart,
    maxRestarts: entry.maxRestarts,
    backoff: entry.backoff,
    // It reaches what follows the container; which signal the container gets is written in its image or Compose file.
    stopSignal: entry.compose === undefined ? entry.stopSignal : 'SIGINT',
    stopGracePeriod: entry.stopGracePeriod,
    onPortConflict: entry.onPortConflict,
    autoStart: entry.autoStart,
    ...defined({
      port: isFixed ? port : undefined,
      portChoice: isFixed ? undefined : port,
      url: entry.url,
      probe: toProbe(entry, isFixed ? port : undefined),
      readyLine: entry.readyLine,
      restartUnhealthyAfter: entry.restartUnhealthyAfter,
      stopCommand: notBlank(entry.stopCommand),
    }),
  };
}

type ReadHealth = Exclude<ReadService['health'], string | undefined>;

/** Without a health check, the port is probed once it is chosen. */
function toProbe({ health, compose }: ReadService, port: number | undefined): ProbeSpec | undefined {
  // The port of a container is open before its server is. The engine has counted the failures of its health check already.
  if (health === undefined && compose !== undefined)
    return { ...defaultProbeSettings, failureThreshold: 1, target: { kind: 'container' } };
  if (health === undefined) return port === undefined ? undefined : { ...defaultProbeSettings, target: { kind: 'tcp', port } };
  if (typeof health === 'string') return { ...defaultProbeSettings, target: { kind: 'http', address: withPort(health, port) } };
  const target = toTarget(health, port);
  return target === undefined ? undefined : { ...toSettings(health), target };
}

const toSettings = (health: ReadHealth): Omit<ProbeSpec, 'target'> => ({
  ...defined({ status: health.status, json: health.json }),
  headers: health.headers,
  interval: health.interval,
  timeout: health.timeout,
  startPeriod: health.startPeriod,
  successThreshold: health.successThreshold,
  failureThreshold: health.failureThreshold,
});

/** The defaults of the schema, taken from the smallest valid object. */
export const defaultProbeSettings = toSettings(v.parse(healthSchema, { tcp: 1 }));

function toTarget({ http, tcp, exec }: ReadHealth, port: number | undefined): ProbeTarget | undefined {
  if (http !== undefined) return { kind: 'http', address: withPort(http, port) };
  if (tcp !== undefined) return { kind: 'tcp', port: tcp };
  return exec === undefined ? undefined : { kind: 'exec', command: exec };
}

/** Replaces `${port}`, the only variable in the address of a probe. The server gets the rest of a URL unchanged. */
export const withPort = (address: string, port: number | undefined): string =>
  port === undefined ? address : address.replaceAll('${port}', String(port));

function toCheck({ name, contains, ...check }: ReadService['checks'][number]): CheckSpec {
  return { ...check, name: name ?? check.http, ...defined({ contains: notBlank(contains) }) };
}

function toStep({ name, command, unless }: ReadService['setup'][number]): SetupStep {
  return { name: name ?? command, command, ...defined({ unless: notBlank(unless) }) };
}

/** Treats a blank string as an absent key: users clear a value without removing its line. */
const notBlank = (value: string | undefined): string | undefined => (value?.trim() === '' ? undefined : value);
