/** Facts of a healthy backend on port 8000; the cases change single facts. */
import type { Facts, NamedPort, Neighbour } from '../../../../src/core/diagnosis/facts';
import type { ProbeFailure } from '../../../../src/core/model/failure';
import type { ProbeOutcome } from '../../../../src/core/model/health';
import type { Listener, PortOwner, ProcessRow } from '../../../../src/core/model/process';
import { known, unavailable } from '../../../../src/core/model/process';
import type { ProbeSpec, ServiceSpec } from '../../../../src/core/model/service';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import { good, healthy, named, running, spec } from '../views/samples';

export const probe: ProbeSpec = {
  target: { kind: 'http', address: '/health' },
  headers: {},
  interval: 5000,
  timeout: 2000,
  startPeriod: 60_000,
  successThreshold: 1,
  failureThreshold: 3,
};

export const row = (pid: number, changes: Partial<ProcessRow> = {}): ProcessRow => ({
  pid,
  born: 'b',
  ppid: 1,
  pgid: pid,
  state: 'running',
  command: 'python -m uvicorn main:app',
  startedAt: 10_000,
  ...changes,
});

export const listener = (changes: Partial<Listener> = {}): Listener => ({
  port: 8000,
  address: '127.0.0.1',
  family: 4,
  socket: '1',
  pids: [4711],
  ...changes,
});

export const owner = (pid: number, changes: Partial<PortOwner> = {}): PortOwner => ({
  process: { pid, born: 'b' },
  command: 'node other.js',
  cwd: '/elsewhere',
  startedAt: 5000,
  origin: { kind: 'other' },
  ...changes,
});

export const failing = (failure: ProbeFailure): ProbeOutcome & { ok: false } => ({
  ok: false,
  at: 99_000,
  latencyMs: 3,
  failure,
});

export const unhealthyBy = (failure: ProbeFailure): Lifecycle =>
  running({ kind: 'unhealthy', since: 50_000, streak: { successes: 0, failures: 0 }, last: failing(failure) });

/** `changes` replace facts, `config` replaces properties of the service. */
export function facts(changes: Partial<Facts> = {}, config: Partial<ServiceSpec> = {}): Facts {
  return {
    at: 100_000,
    spec: spec({ probe, ...config }),
    state: { lifecycle: running(healthy), restarts: noRestarts },
    cwd: '/shop',
    host: { platform: 'linux', isRemote: false, inContainer: false },
    output: known(['INFO:     Application startup complete.']),
    linesBeforeHealthy: 0,
    blockedSince: known(undefined),
    port: {
      listeners: known([listener()]),
      owners: known([owner(4711, { origin: { kind: 'leftOver' }, cwd: '/shop' })]),
      forbidden: known(undefined),
    },
    members: known([row(4711)]),
    ownListeners: known([listener()]),
    processes: known([row(4711)]),
    connections: known(new Map([['ESTABLISHED', 2]])),
    clients: known(new Map()),
    probes: { own: known({ outcome: good, timeout: 2000 }), addresses: [] },
    files: known({ texts: new Map(), changed: new Map() }),
    earlierPorts: new Set(),
    ports: new Map(),
    others: [],
    checkouts: known({ own: undefined, owners: new Map() }),
    modulesElsewhere: known(new Map()),
    localNames: known(new Map()),
    python: known({ isManaged: false }),
    scripts: known([]),
    pidFile: known(undefined),
    environment: known(new Set(['PATH'])),
    ...changes,
  };
}

/** The service has no process, and nothing is listening. */
export const down = (lifecycle: Lifecycle, changes: Partial<Facts> = {}, config: Partial<ServiceSpec> = {}): Facts =>
  facts(
    {
      state: { lifecycle, restarts: noRestarts },
      port: { listeners: known([]), owners: known([]), forbidden: known(undefined) },
      members: known([]),
      ownListeners: known([]),
      processes: known([]),
      connections: known(new Map()),
      clients: known(new Map()),
      probes: { own: unavailable('The service is not running.'), addresses: [] },
      ...changes,
    },
    config,
  );

export const crashedWith = (lines: readonly string[], changes: Partial<Facts> = {}, config: Partial<ServiceSpec> = {}): Facts =>
  down(
    { kind: 'failed', run: 'r1', at: 99_000, failure: { kind: 'crashed', end: { exitCode: 1 }, beforeReady: true } },
    { output: known(lines), ...changes },
    config,
  );

export const ailing = (failure: ProbeFailure, changes: Partial<Facts> = {}, config: Partial<ServiceSpec> = {}): Facts =>
  facts(
    {
      state: { lifecycle: unhealthyBy(failure), restarts: noRestarts },
      probes: { own: known({ outcome: failing(failure), timeout: 2000 }), addresses: [] },
      ...changes,
    },
    config,
  );

export const withFiles = (
  texts: Readonly<Record<string, string>>,
  changed: readonly (readonly [string, number])[] = [],
): Pick<Facts, 'files'> => ({
  files: known({ texts: new Map(Object.entries(texts)), changed: new Map(changed) }),
});

export const neighbour = (key: string, lifecycle: Lifecycle, config: Partial<ServiceSpec> = {}): Neighbour => {
  const service = named(key, lifecycle);
  return { ...service, spec: { ...service.spec, ...config }, cwd: `/shop/${key}` };
};

export const closed: NamedPort = { isOpen: known(false), listeners: unavailable('not asked') };
export const open: NamedPort = { isOpen: known(true), listeners: unavailable('not asked') };
