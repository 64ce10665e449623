/** Services as the parser would hand them over, for tests that change a word or two. */
import type { ProbeSpec, ServiceSpec } from '../../../src/core/model/service';

export const probeSpec = (changes: Partial<ProbeSpec> = {}): ProbeSpec => ({
  target: { kind: 'http', address: '/health' },
  headers: {},
  interval: 5000,
  timeout: 2000,
  startPeriod: 60_000,
  successThreshold: 1,
  failureThreshold: 3,
  ...changes,
});

/** A server with a port and a probe; a restart is never tried unless asked for. */
export const serviceSpec = (key = 'web', changes: Partial<ServiceSpec> = {}): ServiceSpec => ({
  id: key,
  key,
  folder: '/shop',
  folderName: 'shop',
  role: 'other',
  groups: [],
  command: `run ${key}`,
  cwd: '',
  env: {},
  envFiles: [],
  port: 8000,
  probe: probeSpec(),
  checks: [],
  dependsOn: [],
  setup: [],
  commands: {},
  debug: undefined,
  watch: undefined,
  restart: 'no',
  maxRestarts: 5,
  backoff: { initial: 1000, max: 30_000, resetAfter: 60_000 },
  stopSignal: 'SIGINT',
  stopGracePeriod: 10_000,
  onPortConflict: 'ask',
  autoStart: false,
  ...changes,
});

/** Nothing to probe and no port: a job that runs to its end, or whatever runs. */
export function jobSpec(key = 'job', changes: Partial<ServiceSpec> = {}): ServiceSpec {
  const { port: _port, probe: _probe, ...job } = serviceSpec(key);
  return { ...job, ...changes };
}
