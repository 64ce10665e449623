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

describe('core/project', () => {
  it('names lifecycle and health of every state, with a reason unless it is simply healthy or stopped', () => {
    const lines = Object.entries(everyState).map(([name, lifecycle]) => {
      const snapshot = toSnapshot(service(lifecycle, { probe }));
      return `${name}: ${snapshot.lifecycle} ${snapshot.health} ${snapshot.reason ?? '-'}`;
    });
    assert.deepEqual(lines, [
      'never: stopped none -',
      'stopped: stopped none -',
      'ctrlC: stopped none Ctrl+C was pressed in its terminal.',
      'closed: stopped none Its terminal was closed.',
      'forced: stopped none It did not exit within 10 s of SIGINT, so it was killed: pids 4711, 4712.',
      'queued: queued none Waiting for postgres (starting).',
      'queuedForNothing: queued none Waiting for the services it depends on.',
      'launching: starting unknown It is being prepared and launched.',
      'settingUp: starting unknown Setup: install (2 of 3).',
      'starting: starting unknown Waiting for its first answer.',
      'startingRefused: starting unknown Nothing listens on port 8000 yet.',
      'startingNoProbe: starting none Waiting for its first answer.',
      'startingUnhealthy: starting unhealthy It answered with HTTP status 500, expected was 200 to 399.',
      'startingLost: starting unknown Waiting for its first answer. Its terminal is lost while its process goes on: start it again to replace it.',
      'healthy: running healthy -',
      'noProbe: running none It runs, but nothing tells whether it answers: give "port" or "health" in services.json.',
      'unknown: running unknown Waiting for its first answer.',
      'unanswered: running unknown Nothing listens on port 8000.',
      'unhealthy: running unhealthy It answered with HTTP status 500, expected was 200 to 399.',
      'reloading: running reloading It reloads after a change and does not answer at the moment.',
      'healthyLost: running healthy Its terminal is lost while its process goes on: start it again to replace it.',
      'unhealthyLost: running unhealthy It answered with HTTP status 500, expected was 200 to 399. Its terminal is lost while its process goes on: start it again to replace it.',
      'stopping: stopping unknown It was asked to exit (SIGINT).',
      'stoppingForced: stopping unknown It did not exit in time and is being killed.',
      'restarting: stopping unknown Its start is being called off, then it starts again.',
      'backingOff: backingOff none Exited with code 1 before it was ready: SyntaxError: invalid syntax.',
      'exited: exited none It ran to its end and exited with code 0.',
      'exitedUnexplained: exited none It ended by itself.',
      'crashed: failed none Exited with code 1 before it was ready: SyntaxError: invalid syntax.',
      'killed: failed none Ended without being asked to; its terminal tells more.',
      'noFolder: failed none Its folder /shop/backend does not exist: create it, or correct "cwd" in services.json.',
      'dependency: failed none Not started, because it depends on postgres: it failed.',
      'portTaken: failed none Port 8000 is used by pid 99 (node server.js): stop that process, or give the service another port.',
      'setupFailed: failed none Not started, because its setup step "install" exited with code 1: npm error code ERESOLVE. It is tried again when a file of it is saved.',
      'gaveUp: failed none It failed again after 5 restarts: Exited with code 1 before it was ready: SyntaxError: invalid syntax.',
      'external: external none Another program (pid 4711) serves its port and is only watched.',
      'externalHealthy: external healthy Another program (pid 4711) serves its port and is only watched.',
      'externalUnhealthy: external unhealthy Another program (pid 4711) serves its port and is only watched. It answered with HTTP status 500, expected was 200 to 399.',
    ]);
  });

  it('tells everything about a healthy service', () => {
    const state = { lifecycle: running(healthy), restarts: { inARow: 0, total: 2 } };
    assert.deepEqual(toSnapshot({ spec: spec({ probe }), state }), {
      id: 'backend',
      name: 'backend',
      role: 'backend',
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

  it('tells the error of the last probe', () => {
    const { lastProbe } = toSnapshot(service(starting(unanswered), { probe }));
    assert.deepEqual(lastProbe, { at: refused.at, ok: false, error: 'Nothing listens on port 8000.' });
  });

  it('finds the exit code, also behind a given-up restart', () => {
    assert.equal(toSnapshot(service({ kind: 'exited', run: 'r', at: 1, exitCode: 0 })).exitCode, 0);
    assert.equal(toSnapshot(service(failed(crash))).exitCode, 1);
    assert.equal(toSnapshot(service(failed({ kind: 'gaveUp', restarts: 3, last: crash }))).exitCode, 1);
    assert.ok(!('exitCode' in toSnapshot(service(running(healthy)))));
  });

  it('waits for the ready line where nothing is probed', () => {
    const readyLine = { kind: 'text', text: 'ready' } as const;
    assert.equal(
      toSnapshot(service(starting({ kind: 'none' }), { readyLine })).reason,
      'Waiting for its ready line in the output.',
    );
    assert.equal(toSnapshot(service(starting(unknown), { readyLine, probe })).reason, 'Waiting for its first answer.');
  });

  it('opens the configured address, else the root of the port', () => {
    assert.equal(urlOf(spec({ url: 'http://localhost:${port}/docs' })), 'http://localhost:8000/docs');
    assert.equal(urlOf(spec({ url: '' })), 'http://localhost:8000/');
    const { port: _port, ...portless } = spec();
    assert.equal(urlOf(portless), undefined);
    assert.equal(urlOf({ ...portless, url: 'http://shop.test' }), 'http://shop.test');
  });

  it('gives a one-line reason for any state that is not simply healthy or stopped', () => {
    fc.assert(
      fc.property(anyService, (any) => {
        const snapshot = toSnapshot(any);
        const isPlain = snapshot.health === 'healthy' || snapshot.lifecycle === 'stopped';
        if (!isPlain) assert.ok(snapshot.reason !== undefined && snapshot.reason.length > 0);
        for (const key of Object.values(snapshot)) assert.notEqual(key, undefined);
      }),
    );
  });
});
