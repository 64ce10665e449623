import assert from 'node:assert/strict';
import fc from 'fast-check';
import { explain, explainEnd, explainLaunch, explainProbe, explainStop } from '../../../../src/core/wording/explain';
import type { LaunchFailure, ProbeFailure, StopCause } from '../../../../src/core/model/failure';
import { failure, stopCause } from '../views/arbitrary';

describe('core/explain', () => {
  it('says why a probe did not succeed', () => {
    const failures: ProbeFailure[] = [
      { kind: 'refused', port: 8000 },
      { kind: 'noAnswer', timeout: 2000 },
      { kind: 'reset' },
      { kind: 'httpsExpected' },
      { kind: 'httpExpected' },
      { kind: 'notHttp' },
      { kind: 'badStatus', status: 503, expected: '200 to 399' },
      { kind: 'badBody', detail: 'status is "starting", expected "healthy"' },
      { kind: 'execFailed', command: 'pg_isready', exitCode: 2, detail: 'no response' },
      { kind: 'execFailed', command: 'pg_isready', exitCode: undefined, detail: '' },
      { kind: 'unknownHost', host: 'db.test' },
      { kind: 'unreachable', detail: 'EHOSTUNREACH' },
    ];
    assert.deepEqual(failures.map(explainProbe), [
      'Nothing listens on port 8000.',
      'It accepts connections, but gave no complete answer within 2 s.',
      'It closed the connection before it answered.',
      'The port speaks HTTPS, but the probe speaks HTTP: write an https:// address in "health".',
      'The port speaks plain HTTP, but the probe speaks HTTPS: write an http:// address in "health".',
      'What listens on the port does not speak HTTP: use { "tcp": <port> } as "health".',
      'It answered with HTTP status 503, expected was 200 to 399.',
      'It answered with another body than expected: status is "starting", expected "healthy".',
      'The probe pg_isready exited with code 2: no response.',
      'The probe pg_isready did not succeed.',
      'The host db.test of its probe is not known: correct "health" in services.json.',
      'It could not be reached: EHOSTUNREACH.',
    ]);
  });

  it('says why a start was refused, and what to do', () => {
    const failures: LaunchFailure[] = [
      { kind: 'untrusted' },
      { kind: 'missingFolder', path: '/shop/backend' },
      { kind: 'notAFolder', path: '/shop/main.py' },
      { kind: 'missingCommand', command: 'uvicorn' },
      { kind: 'missingEnvFile', path: '/shop/.env' },
      { kind: 'unreadableEnvFile', path: '/shop/.env', detail: 'EACCES' },
      { kind: 'unknownVariable', variable: '${env:KEY}', where: 'command' },
      { kind: 'unsavedSettings' },
      { kind: 'taskRefused', detail: 'no such task' },
    ];
    assert.deepEqual(failures.map(explainLaunch), [
      'Not started, because this workspace is not trusted: trust it first (Workspaces: Manage Workspace Trust).',
      'Its folder /shop/backend does not exist: create it, or correct "cwd" in services.json.',
      'Its "cwd" /shop/main.py is a file and not a folder: correct "cwd" in services.json.',
      'The command uvicorn was not found: install it, or correct "command" in services.json.',
      'Its env file /shop/.env does not exist: create it, or correct "envFile" in services.json.',
      'Its env file /shop/.env cannot be read: EACCES.',
      'The variable ${env:KEY} in "command" has no value: define it, or correct services.json.',
      'Not started by itself, because the settings file has unsaved changes: save it, or start the service by hand.',
      'VS Code did not run its task: no such task.',
    ]);
  });

  it('says how a service went down', () => {
    const crash = { kind: 'crashed', end: { exitCode: 3, lastLine: 'Port in use' }, beforeReady: true } as const;
    assert.equal(explain(crash), 'Exited with code 3 before it was ready: Port in use.');
    assert.equal(
      explain({ kind: 'crashed', end: { exitCode: 137 }, beforeReady: false }),
      'Exited with code 137 (SIGKILL, often for lack of memory) without being asked to; its terminal tells more.',
    );
    assert.equal(
      explain({ kind: 'neverReady', waited: 60_000, probe: { kind: 'refused', port: 8000 } }),
      'Not ready after 1 min: Nothing listens on port 8000.',
    );
    assert.equal(explain({ kind: 'neverReady', waited: 500, probe: undefined }), 'Not ready after 500 ms.');
    assert.equal(
      explain({ kind: 'dependency', id: 'postgres', detail: 'it failed' }),
      'Not started, because it depends on postgres: it failed.',
    );
    assert.equal(
      explain({
        kind: 'portTaken',
        port: 8000,
        owners: [{ process: { pid: 99, born: 'b' }, command: 'node server.js', startedAt: 0, origin: { kind: 'other' } }],
      }),
      'Port 8000 is used by pid 99 (node server.js): stop that process, or give the service another port.',
    );
    assert.equal(
      explain({ kind: 'portStillHeld', port: 8000, holders: [{ pid: 99, command: 'nginx' }] }),
      'Stopped, but port 8000 is still held by pid 99 (nginx): stop that process before the next start.',
    );
    assert.equal(
      explain({ kind: 'cannotStop', pids: [4, 5], why: 'not permitted' }),
      'Could not be stopped: not permitted. Still running: pids 4, 5.',
    );
    assert.equal(
      explain({ kind: 'gaveUp', restarts: 1, last: crash }),
      'It failed again after 1 restart: Exited with code 3 before it was ready: Port in use.',
    );
  });

  it('knows what exit codes mean', () => {
    const said = [undefined, 0, 1, 127, 130, -1073741510, 0xc0000005].map((exitCode) => explainEnd({ exitCode }));
    assert.deepEqual(said, [
      'Ended',
      'Exited with code 0, or was killed,',
      'Exited with code 1',
      'Exited with code 127 (a command was not found)',
      'Exited with code 130 (SIGINT)',
      'Exited with code -1073741510 (Ctrl+C)',
      'Exited with code 3221225477 (access violation)',
    ]);
  });

  it('says who or what stopped it', () => {
    const causes: StopCause[] = [
      { kind: 'never' },
      { kind: 'command' },
      { kind: 'ctrlC' },
      { kind: 'terminalClosed' },
      { kind: 'forced', graceMs: 10_000, signal: 'SIGINT', pids: [1, 2, 3, 4, 5, 6, 7] },
      { kind: 'forced', graceMs: 0, signal: 'SIGKILL', pids: [1] },
    ];
    assert.deepEqual(causes.map(explainStop), [
      'It was not started yet.',
      'It was asked to stop.',
      'Ctrl+C was pressed in its terminal.',
      'Its terminal was closed.',
      'It did not exit within 10 s of SIGINT, so it was killed: pids 1, 2, 3, 4, 5 and 2 more.',
      'It was killed at once, as configured: pid 1.',
    ]);
  });

  it('cuts what programs wrote, without cutting a character in two', () => {
    const said = explain({ kind: 'crashed', end: { exitCode: 1, lastLine: '😀'.repeat(500) }, beforeReady: true });
    assert.equal(said, `Exited with code 1 before it was ready: ${'😀'.repeat(199)}…`);
  });

  it('is one line that ends, for every failure', () => {
    fc.assert(
      fc.property(failure, (any) => {
        assert.match(explain(any), /^[^\n\r]{5,}[.!?…]$/u);
      }),
    );
    fc.assert(fc.property(stopCause, (cause) => assert.match(explainStop(cause), /^[^\n\r]{5,}\.$/u)));
  });
});
