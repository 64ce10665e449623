import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toSnapshot, urlOf } from '../../../../src/core/snapshot/toSnapshot';
import type { ProbeSpec } from '../../../../src/core/model/service';
import { anyService } from '../views/arbitrary';
import {
  crash,
  everyState,
  failed,
  healthy,
  refused,
  running,
  service,
  spec,
  starting,
  unanswered,
  unknown,
} from '../views/samples';

const probe: ProbeSpec = {
  target: { kind: 'tcp', port: 8000 },
  headers: {},
  interval: 5000,
  timeout: 2000,
  startPeriod: 0,
  successThreshold: 1,
  failureThreshold: 3,
};

describe('core/snapshot/toSnapshot', () => {
  it('returns lifecycle and health of every state, with a reason unless it is simply healthy or stopped', () => {
    const lines = Object.entries(everyState).map(([name, lifecycle]) => {
      const snapshot = toSnapshot(service(lifecycle, { probe }));
      return `${name}: ${snapshot.lifecycle} ${snapshot.health} ${snapshot.reason ?? '-'}`;
    });
    assert.deepEqual(lines, [
      'never: stopped none -',
      'stopped: stopped none -',
      'ctrlC: stopped none Ctrl+C was pressed in its terminal.',
      'closed: stopped none Its terminal was closed.',
      'forced: stopped none Did not exit within 10 s of SIGINT and was killed: pids 4711 and 4712.',
      'queued: queued none Waiting for postgres (starting).',
      'queuedForNothing: queued none Waiting for the services it depends on.',
      'launching: starting unknown Preparing to launch…',
      'settingUp: starting unknown Running setup step "install" (2 of 3).',
      'starting: starting unknown Waiting for the first response.',
      'startingRefused: starting unknown Nothing is listening on port 8000 yet.',
      'startingNoProbe: starting none Waiting for the first response.',
      'startingUnhealthy: starting unhealthy Health check returned HTTP 500 (expected 200–399).',
      'startingLost: starting unknown Waiting for the first response. Running without a terminal. Start it again to get one.',
      'healthy: running healthy -',
      'noProbe: running none Running without a health check. Add "port" or "health" in services.json.',
      'unknown: running unknown Waiting for the first response.',
      'unanswered: running unknown Nothing is listening on port 8000.',
      'unhealthy: running unhealthy Health check returned HTTP 500 (expected 200–399).',
      'reloading: running reloading Reloading after a change; not responding yet.',
      'healthyLost: running healthy Running without a terminal. Start it again to get one.',
      'unhealthyLost: running unhealthy Health check returned HTTP 500 (expected 200–399). Running without a terminal. Start it again to get one.',
      'stopping: stopping unknown Waiting for it to exit (SIGINT)…',
      'stoppingForced: stopping unknown Did not exit in time; killing it…',
      'restarting: stopping unknown Cancelling the start, then restarting…',
      'backingOff: backingOff none SyntaxError: invalid syntax (exit code 1, during startup).',
      'exited: exited none Exited with code 0.',
      'exitedUnexplained: exited none Exited; the exit code is unknown.',
      'crashed: failed none SyntaxError: invalid syntax (exit code 1, during startup).',
      'killed: failed none Exited unexpectedly. See the terminal for details.',
      'noFolder: failed none Folder not found: /shop/backend. Create it, or correct "cwd" in services.json.',
      'dependency: failed none Depends on postgres, which is not available: it failed.',
      'portTaken: failed none Port 8000 is in use by pid 99 (node server.js). Stop that process, or give the service another port.',
      'setupFailed: failed none npm error code ERESOLVE (setup step "install" failed with exit code 1). Will retry when a file in its folder is saved.',
      'gaveUp: failed none SyntaxError: invalid syntax (exit code 1, during startup). Failed again after 5 restarts.',
      'external: external none Port in use by another process (pid 4711); monitoring only.',
      'externalHealthy: external healthy Port in use by another process (pid 4711); monitoring only.',
      'externalUnhealthy: external unhealthy Health check returned HTTP 500 (expected 200–399). Port in use by another process (pid 4711); monitoring only.',
    ]);
  });

  it('returns all facts about a healthy service', () => {
    const state = { lifecycle: running(healthy), restarts: { inARow: 0, total: 2 } };
    assert.deepEqual(toSnapshot({ spec: spec({ probe, groups: ['core'] }), state }), {
      id: 'backend',
      name: 'backend',
      role: 'backend',
      groups: ['core'],
      lifecycle: 'running',
      health: 'healthy',
      restarts: 2,
      pid: 4711,
      port: 8000,
      url: 'http://localhost:8000/',
      startedAt: 10_000,
      lastProbe: { at: 99_000, ok: true, status: 200, latencyMs: 12.4 },
    });
  });

  it('returns the error of the last probe', () => {
    const { lastProbe } = toSnapshot(service(starting(unanswered), { probe }));
    assert.deepEqual(lastProbe, { at: refused.at, ok: false, error: 'Nothing is listening on port 8000.' });
  });

  it('returns the exit code, also after restarts gave up', () => {
    assert.equal(toSnapshot(service({ kind: 'exited', run: 'r', at: 1, exitCode: 0 })).exitCode, 0);
    assert.equal(toSnapshot(service(failed(crash))).exitCode, 1);
    assert.equal(toSnapshot(service(failed({ kind: 'gaveUp', restarts: 3, last: crash }))).exitCode, 1);
    assert.ok(!('exitCode' in toSnapshot(service(running(healthy)))));
  });

  it('mentions the ready line when there is no probe', () => {
    const readyLine = { kind: 'text', text: 'ready' } as const;
    assert.equal(
      toSnapshot(service(starting({ kind: 'none' }), { readyLine })).reason,
      'Waiting for the ready line in its output.',
    );
    assert.equal(toSnapshot(service(starting(unknown), { readyLine, probe })).reason, 'Waiting for the first response.');
  });

  it('returns the configured address, or else the root of the port', () => {
    assert.equal(urlOf(spec({ url: 'http://localhost:${port}/docs' }), 8000), 'http://localhost:8000/docs');
    assert.equal(urlOf(spec({ url: '' }), 8000), 'http://localhost:8000/');
    const { port: _port, ...portless } = spec();
    assert.equal(urlOf(portless, undefined), undefined);
    assert.equal(urlOf({ ...portless, url: 'http://shop.test' }, undefined), 'http://shop.test');
  });

  it('returns a reason for any state that is not simply healthy or stopped', () => {
    fc.assert(
      fc.property(anyService, (any) => {
        const snapshot = toSnapshot(any);
        const { lifecycle } = any.state;
        // A worker is meant to have nothing that could be probed.
        const isWorker = any.spec.role === 'worker' && lifecycle.kind === 'running' && lifecycle.health.kind === 'none';
        const isPlain = snapshot.health === 'healthy' || snapshot.lifecycle === 'stopped' || isWorker;
        if (!isPlain) assert.ok(snapshot.reason !== undefined && snapshot.reason.length > 0);
        for (const key of Object.values(snapshot)) assert.notEqual(key, undefined);
      }),
    );
  });
});
