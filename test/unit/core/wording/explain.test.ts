import assert from 'node:assert/strict';
import fc from 'fast-check';
import { explain, explainLaunch, explainSetup, explainStop } from '../../../../src/core/wording/explain';
import type { Failure, LaunchFailure, ProcessEnd, StepFailure, StopCause } from '../../../../src/core/model/failure';
import type { PortOwner } from '../../../../src/core/model/process';
import { failure, stopCause } from '../views/arbitrary';

const crash = (end: ProcessEnd, beforeReady = false): Failure => ({ kind: 'crashed', end, beforeReady });

describe('core/wording/explain', () => {
  it('explains why a start was refused and what to do', () => {
    const failures: LaunchFailure[] = [
      { kind: 'untrusted' },
      { kind: 'missingFolder', path: '/shop/backend' },
      { kind: 'notAFolder', path: '/shop/main.py' },
      { kind: 'missingCommand', command: 'uvicorn' },
      { kind: 'missingEnvFile', path: '/shop/.env' },
      { kind: 'missingEnvFile', path: '/shop/.env', example: '.env.example' },
      { kind: 'unreadableEnvFile', path: '/shop/.env', detail: 'EACCES' },
      { kind: 'unreadableEnvFile', path: '/shop/.env', detail: '' },
      { kind: 'unknownVariable', variable: '${env:KEY}', where: 'command' },
      { kind: 'abandoned' },
      { kind: 'unsavedSettings' },
      { kind: 'taskRefused', detail: 'no such task' },
    ];
    assert.deepEqual(failures.map(explainLaunch), [
      'This workspace is not trusted. To start services in it, run Workspaces: Manage Workspace Trust.',
      'Folder not found: /shop/backend. Create it, or correct "cwd" in services.json.',
      '"cwd" is a file, not a folder: /shop/main.py. Correct "cwd" in services.json.',
      'Command not found: uvicorn. Install it, or correct "command" in services.json.',
      'Env file not found: /shop/.env. Create it, or correct "envFile" in services.json.',
      'Env file not found: /shop/.env. Copy it from .env.example, or correct "envFile" in services.json.',
      'Cannot read the env file /shop/.env: EACCES.',
      'Cannot read the env file /shop/.env.',
      'No value for the variable ${env:KEY} in "command". Define it, or correct services.json.',
      'Stopped before it was launched.',
      'The settings file has unsaved changes, so nothing is started automatically. Save it, or start the service manually.',
      'VS Code did not run the task: no such task.',
    ]);
  });

  it('explains a crash by the last line of the output, then by the exit code', () => {
    const lastLine = 'Address already in use.';
    const ends = [
      crash({ exitCode: 3, lastLine }, true),
      crash({ exitCode: 3, lastLine }),
      crash({ exitCode: 0, lastLine }, true),
      crash({ exitCode: 0, lastLine }),
      crash({ exitCode: undefined, lastLine }, true),
      crash({ exitCode: undefined, lastLine }),
    ];
    assert.deepEqual(ends.map(explain), [
      'Address already in use (exit code 3, during startup).',
      'Address already in use (exit code 3).',
      'Address already in use (exit code 0 or killed, during startup).',
      'Address already in use (exit code 0 or killed).',
      'Address already in use (exited during startup).',
      'Address already in use (exited unexpectedly).',
    ]);
  });

  it('leaves the credentials of an address out of the last line of output', () => {
    const lastLine = 'cannot connect to postgres://shop:hunter2@db:5432/shop';
    assert.equal(explain(crash({ exitCode: 1, lastLine })), 'cannot connect to postgres://[removed]@db:5432/shop (exit code 1).');
  });

  it('explains a crash without output by the exit code, and refers to the terminal', () => {
    const ends = [
      crash({ exitCode: 3 }, true),
      crash({ exitCode: 137 }),
      crash({ exitCode: 127 }, true),
      crash({ exitCode: 126 }, true),
      crash({ exitCode: 0 }, true),
      crash({ exitCode: 0, lastLine: ' ' }),
      crash({ exitCode: undefined }, true),
      crash({ exitCode: undefined }),
    ];
    assert.deepEqual(ends.map(explain), [
      'Exited during startup with code 3. See the terminal for details.',
      'Exited unexpectedly with code 137: SIGKILL, often because memory ran out. See the terminal for details.',
      'Exited during startup with code 127: command not found. See the terminal for details.',
      'Exited during startup with code 126: command cannot be executed. See the terminal for details.',
      'Exited during startup with code 0, or was killed. See the terminal for details.',
      'Exited unexpectedly with code 0, or was killed. See the terminal for details.',
      'Exited during startup. See the terminal for details.',
      'Exited unexpectedly. See the terminal for details.',
    ]);
  });

  it('mentions the retry when a restart would repeat the crash', () => {
    const repeating: Failure = {
      kind: 'crashed',
      end: { exitCode: 1, lastLine: "No module named 'stripe'" },
      beforeReady: true,
      repeats: 'missingModule',
    };
    assert.equal(
      explain(repeating),
      "No module named 'stripe' (exit code 1, during startup). Will retry when a file in its folder is saved.",
    );
  });

  it('explains exit codes that have a meaning, unless the shell has printed it', () => {
    const explained = [1, 126, 127, 9009, 130, 137, 134, -1073741510, 0xc0000005].map((exitCode) =>
      explain(crash({ exitCode, lastLine: 'x' })),
    );
    assert.deepEqual(explained, [
      'x (exit code 1).',
      'x (exit code 126).',
      'x (exit code 127).',
      'x (exit code 9009).',
      'x (exit code 130: SIGINT).',
      'x (exit code 137: SIGKILL, often because memory ran out).',
      'x (exit code 134: aborted, often because memory ran out).',
      'x (exit code -1073741510: Ctrl+C).',
      'x (exit code 3221225477: access violation).',
    ]);
  });

  it('explains a failed setup step by its last line or its exit code', () => {
    const causes: StepFailure[] = [
      { kind: 'ended', end: { exitCode: 7, lastLine: 'npm error' } },
      { kind: 'ended', end: { exitCode: 127 } },
      { kind: 'ended', end: { exitCode: undefined, lastLine: 'npm error' } },
      { kind: 'ended', end: { exitCode: undefined } },
      { kind: 'refused', failure: { kind: 'missingCommand', command: 'npm' } },
      { kind: 'noResult', path: '/shop/node_modules' },
    ];
    assert.deepEqual(
      causes.map((cause) => explainSetup('install', cause)),
      [
        'npm error (setup step "install" failed with exit code 7). Will retry when a file in its folder is saved.',
        'Setup step "install" failed with exit code 127: command not found. See the terminal for details. Will retry when a file in its folder is saved.',
        'npm error (setup step "install" ended without an exit code). Will retry when a file in its folder is saved.',
        'Setup step "install" ended without an exit code. See the terminal for details. Will retry when a file in its folder is saved.',
        'Command not found: npm. Install it, or correct "command" in services.json. Setup step "install" did not run.',
        'Setup step "install" exited with code 0 or was killed, but did not create /shop/node_modules. Correct its "command" or "unless" in services.json.',
      ],
    );
  });

  it('explains every other failure with the cause first', () => {
    const owner: PortOwner = {
      process: { pid: 99, born: 'b' },
      command: 'node server.js',
      startedAt: 0,
      origin: { kind: 'other' },
    };
    const failures: Failure[] = [
      { kind: 'neverReady', waited: 60_000, probe: { kind: 'refused', port: 8000 } },
      { kind: 'neverReady', waited: 500, probe: undefined },
      { kind: 'dependency', id: 'postgres', problem: { kind: 'failed' } },
      { kind: 'portTaken', port: 8000, owners: [owner] },
      { kind: 'portForbidden', port: 80, why: 'Port 80 is below 1024 and needs more rights than this user has.' },
      { kind: 'portStillHeld', port: 8000, holders: [{ pid: 99, command: 'nginx' }] },
      { kind: 'cannotStop', pids: [4, 5], why: 'not permitted' },
      { kind: 'cannotStop', pids: [] },
      { kind: 'gaveUp', restarts: 0, last: crash({ exitCode: 3, lastLine: 'Port in use' }) },
      { kind: 'gaveUp', restarts: 1, last: crash({ exitCode: 3, lastLine: 'Port in use' }) },
      { kind: 'gaveUp', restarts: 5, last: crash({ exitCode: 3, lastLine: 'Port in use' }) },
    ];
    assert.deepEqual(failures.map(explain), [
      'Nothing is listening on port 8000. Not ready after 1 min.',
      'Not ready after 500 ms.',
      'Depends on postgres, which is not available: it failed.',
      'Port 8000 is in use by pid 99 (node server.js). Stop that process, or give the service another port.',
      'No permission to listen on port 80. Port 80 is below 1024 and needs more rights than this user has.',
      'Port 8000 is still in use by pid 99 (nginx), although the service is stopped. Stop that process before the next start.',
      'Could not be stopped: not permitted. Still running: pids 4 and 5.',
      'Could not be stopped.',
      'Port in use (exit code 3).',
      'Port in use (exit code 3). Failed again after 1 restart.',
      'Port in use (exit code 3). Failed again after 5 restarts.',
    ]);
  });

  it('explains why a service is stopped', () => {
    const causes: StopCause[] = [
      { kind: 'never' },
      { kind: 'command' },
      { kind: 'ctrlC' },
      { kind: 'terminalClosed' },
      { kind: 'unhealthyTooLong', limit: 120_000 },
      { kind: 'notWatched', pid: 7 },
      { kind: 'externalEnded' },
      { kind: 'forced', graceMs: 10_000, asked: 'SIGINT', pids: [1, 2, 3, 4, 5, 6, 7] },
      { kind: 'forced', graceMs: 0, asked: 'SIGKILL', pids: [1] },
      { kind: 'forced', graceMs: 10_000, asked: 'typed', pids: [1] },
      { kind: 'forced', graceMs: 10_000, asked: 'command', pids: [1] },
      { kind: 'forced', graceMs: 10_000, asked: 'nothing', pids: [1] },
      { kind: 'forced', graceMs: 10_000, pids: [1] },
    ];
    assert.deepEqual(causes.map(explainStop), [
      'Not started yet.',
      'Stopped on request.',
      'Ctrl+C was pressed in its terminal.',
      'Its terminal was closed.',
      'Unhealthy for 2 min.',
      'No longer monitored; pid 7 is still running.',
      'The monitored process has ended.',
      'Did not exit within 10 s of SIGINT and was killed: pids 1, 2, 3, 4, 5, and 2 more.',
      'Killed immediately, as configured: pid 1.',
      'Did not exit within 10 s of Ctrl+C and was killed: pid 1.',
      'Did not exit within 10 s of its stop command and was killed: pid 1.',
      'Killed, because it could not be asked to stop: pid 1.',
      'Did not exit within 10 s and was killed: pid 1.',
    ]);
  });

  it('cuts the output of programs, but never inside an emoji', () => {
    const long = explain(crash({ exitCode: 1, lastLine: '😀'.repeat(500) }));
    assert.equal(long, `${'😀'.repeat(199)}… (exit code 1).`);
  });

  it('returns one line that ends with a punctuation mark for every failure and every stop', () => {
    fc.assert(
      fc.property(failure, (any) => {
        assert.match(explain(any), /^[^\n\r]{5,}[.!?…]$/u);
      }),
    );
    fc.assert(fc.property(stopCause, (cause) => assert.match(explainStop(cause), /^[^\n\r]{5,}\.$/u)));
  });
});
