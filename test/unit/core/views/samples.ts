/** Services in every state, for the tests of the views. Times are ms since the epoch; `now` is 100 s. */
import type { Failure } from '../../../../src/core/model/failure';
import type { Health, ProbeOutcome } from '../../../../src/core/model/health';
import type { PortOwner } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import type { Service, Lifecycle } from '../../../../src/core/lifecycle/state';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import { serviceSpec } from '../../../support/fakes/specs';

export const now = 100_000;

/** A backend without a probe. */
export const spec = (changes: Partial<ServiceSpec> = {}): ServiceSpec => {
  const { probe: _probe, ...rest } = serviceSpec('backend', { role: 'backend', command: 'python -m uvicorn main:app' });
  return { ...rest, ...changes };
};

export const service = (lifecycle: Lifecycle, changes: Partial<ServiceSpec> = {}): Service => ({
  spec: spec(changes),
  state: { lifecycle, restarts: noRestarts },
});

export const named = (key: string, lifecycle: Lifecycle): Service => service(lifecycle, { id: key, key });

export const good: ProbeOutcome = { ok: true, at: 99_000, latencyMs: 12.4, status: 200 };
export const bad: ProbeOutcome & { ok: false } = {
  ok: false,
  at: 99_000,
  latencyMs: 3,
  status: 500,
  failure: { kind: 'badStatus', status: 500, expected: '200–399' },
};
export const refused: ProbeOutcome & { ok: false } = { ok: false, at: 99_000, failure: { kind: 'refused', port: 8000 } };

const streak = { successes: 0, failures: 0 };
export const healthy: Health = { kind: 'healthy', since: 50_000, streak, last: good };
export const unhealthy: Health = { kind: 'unhealthy', since: 50_000, streak, last: bad };
export const reloading: Health = { kind: 'reloading', since: 98_000, streak, last: refused };
export const unknown: Health = { kind: 'unknown', streak };
export const unanswered: Health = { kind: 'unknown', streak, last: refused };
export const none: Health = { kind: 'none' };

const run = 'r1';
const process = { pid: 4711, born: 'b' };

export const running = (health: Health): Lifecycle => ({
  kind: 'running',
  run,
  process,
  startedAt: 10_000,
  readyAt: 11_000,
  terminal: 'attached',
  health,
});

export const starting = (health: Health): Lifecycle => ({
  kind: 'starting',
  run,
  since: 97_000,
  process,
  terminal: 'attached',
  health,
});

export const failed = (failure: Failure): Lifecycle => ({ kind: 'failed', run, at: 99_000, failure });

export const crash: Failure = {
  kind: 'crashed',
  end: { exitCode: 1, lastLine: 'SyntaxError: invalid syntax' },
  beforeReady: true,
};

export const owner: PortOwner = {
  process: { pid: 99, born: 'b' },
  command: 'node server.js',
  startedAt: 5000,
  origin: { kind: 'other' },
};

export const lost = <T extends Lifecycle>(lifecycle: T): T => ({ ...lifecycle, terminal: 'lost' });

/** Every combination of lifecycle and health that can be written down, by name. */
export const everyState: Readonly<Record<string, Lifecycle>> = {
  never: { kind: 'stopped', cause: { kind: 'never' } },
  stopped: { kind: 'stopped', cause: { kind: 'command' }, run },
  ctrlC: { kind: 'stopped', cause: { kind: 'ctrlC' }, run },
  closed: { kind: 'stopped', cause: { kind: 'terminalClosed' }, run },
  forced: { kind: 'stopped', cause: { kind: 'forced', graceMs: 10_000, asked: 'SIGINT', pids: [4711, 4712] }, run },
  queued: {
    kind: 'queued',
    run,
    by: 'user',
    since: 88_000,
    waitingFor: [{ id: 'postgres', state: 'starting', since: 88_000 }],
  },
  queuedForNothing: { kind: 'queued', run, by: 'user', since: 88_000, waitingFor: [] },
  launching: { kind: 'launching', run, by: 'user', since: 99_500, phase: { kind: 'preparing' } },
  settingUp: {
    kind: 'launching',
    run,
    by: 'user',
    since: 86_000,
    phase: { kind: 'setup', step: { name: 'install', number: 2, of: 3, since: 88_000 } },
  },
  starting: starting(unknown),
  startingRefused: starting(unanswered),
  startingNoProbe: starting(none),
  startingUnhealthy: starting(unhealthy),
  startingLost: lost(starting(unknown)),
  healthy: running(healthy),
  noProbe: running(none),
  unknown: running(unknown),
  unanswered: running(unanswered),
  unhealthy: running(unhealthy),
  reloading: running(reloading),
  healthyLost: lost(running(healthy)),
  unhealthyLost: lost(running(unhealthy)),
  stopping: {
    kind: 'stopping',
    run,
    process,
    since: 98_000,
    cause: { kind: 'command' },
    phase: 'asked',
    asked: 'SIGINT',
    next: undefined,
  },
  stoppingForced: { kind: 'stopping', run, process, since: 88_000, cause: { kind: 'command' }, phase: 'forced', next: undefined },
  restarting: {
    kind: 'stopping',
    run,
    process: undefined,
    since: 98_000,
    cause: { kind: 'command' },
    phase: 'asked',
    next: { run: 'r2', by: 'user' },
  },
  backingOff: { kind: 'backingOff', run, next: 'r2', until: 103_200, since: 99_000, failure: crash },
  exited: { kind: 'exited', run, at: 99_000, exitCode: 0 },
  exitedUnexplained: { kind: 'exited', run, at: 99_000, exitCode: undefined },
  crashed: failed(crash),
  killed: failed({ kind: 'crashed', end: { exitCode: undefined }, beforeReady: false }),
  noFolder: failed({ kind: 'launch', failure: { kind: 'missingFolder', path: '/shop/backend' } }),
  dependency: failed({ kind: 'dependency', id: 'postgres', problem: { kind: 'failed' } }),
  portTaken: failed({ kind: 'portTaken', port: 8000, owners: [owner] }),
  setupFailed: failed({
    kind: 'setup',
    step: 'install',
    cause: { kind: 'ended', end: { exitCode: 1, lastLine: 'npm error code ERESOLVE' } },
  }),
  gaveUp: failed({ kind: 'gaveUp', restarts: 5, last: crash }),
  external: { kind: 'external', run, process, since: 90_000, health: none },
  externalHealthy: { kind: 'external', run, process, since: 90_000, health: healthy },
  externalUnhealthy: { kind: 'external', run, process, since: 90_000, health: unhealthy },
};

/** What a running service says of its parts and asks. */
export const runningWith = (
  health: Health,
  changes: Pick<Extract<Lifecycle, { kind: 'running' }>, 'ended' | 'question'>,
): Lifecycle => {
  const lifecycle = running(health);
  return lifecycle.kind === 'running' ? { ...lifecycle, ...changes } : lifecycle;
};
