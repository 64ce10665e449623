import assert from 'node:assert/strict';
import { explainHang } from '../../../../src/core/wording/explainHang';
import { explainProbe } from '../../../../src/core/wording/explainProbe';
import type { ProbeFailure } from '../../../../src/core/model/failure';

describe('core/wording/explainProbe', () => {
  it('explains why a probe did not succeed', () => {
    const failures: ProbeFailure[] = [
      { kind: 'workerDead', line: 'SyntaxError: invalid syntax' },
      { kind: 'workerDead', line: '' },
      { kind: 'refused', port: 8000 },
      { kind: 'noAnswer', timeout: 2000 },
      { kind: 'slow', took: 2210, timeout: 1000 },
      { kind: 'reset' },
      { kind: 'httpsExpected' },
      { kind: 'httpExpected' },
      { kind: 'notHttp' },
      { kind: 'badStatus', status: 503, expected: '200–399' },
      { kind: 'badStatus', status: 400, expected: '200–399', why: 'host' },
      { kind: 'badStatus', status: 426, expected: '200–399', why: 'webSocket' },
      { kind: 'badBody', detail: 'status is "starting", expected "healthy"' },
      { kind: 'badBody', detail: '' },
      { kind: 'execFailed', command: 'pg_isready', exitCode: 2, detail: 'no response' },
      { kind: 'execFailed', command: 'pg_isready', exitCode: 2, detail: '' },
      { kind: 'execFailed', command: 'pg_isready', exitCode: undefined, detail: 'Ended by SIGTERM.' },
      { kind: 'execFailed', command: 'pg_isready', exitCode: undefined, detail: '' },
      { kind: 'unknownHost', host: 'db.test' },
      { kind: 'unreachable', detail: 'EHOSTUNREACH' },
      { kind: 'unreachable', detail: '' },
      { kind: 'container', state: 'missing' },
      { kind: 'container', state: 'created' },
      { kind: 'container', state: 'paused' },
      { kind: 'container', state: 'restarting' },
      { kind: 'container', state: 'exited' },
      { kind: 'containerStarting' },
      { kind: 'containerUnhealthy', detail: 'connection refused' },
      { kind: 'containerUnhealthy', detail: '' },
    ];
    assert.deepEqual(failures.map(explainProbe), [
      'SyntaxError: invalid syntax (the reloader is running, but the server that it restarted is dead).',
      'The reloader is running, but the server that it restarted is dead.',
      'Nothing is listening on port 8000.',
      'Accepts connections but did not respond within 2 s.',
      'Responds only after 2.2 s, later than the timeout of 1 s.',
      'Closed the connection without a response.',
      'The port uses HTTPS, but the health check uses HTTP. Use an https:// address in "health".',
      'The port uses plain HTTP, but the health check uses HTTPS. Use an http:// address in "health".',
      'The port does not use HTTP. Use { "tcp": <port> } as "health".',
      'Health check returned HTTP 503 (expected 200–399).',
      'The server rejects the Host header of the health check (HTTP 400).',
      'The server accepts only WebSocket connections (HTTP 426).',
      'Unexpected response body: status is "starting", expected "healthy".',
      'Unexpected response body.',
      'no response (health check pg_isready exited with code 2).',
      'Health check pg_isready exited with code 2.',
      'Ended by SIGTERM (health check pg_isready did not succeed).',
      'Health check pg_isready did not succeed.',
      'Unknown host db.test in the health check. Correct "health" in services.json.',
      'Not reachable: EHOSTUNREACH.',
      'Not reachable.',
      'There is no container.',
      'The container was created and is not running yet.',
      'The container is paused.',
      'The container has exited, and the engine restarts it.',
      'The container has exited.',
      'The health check of the container has not succeeded yet.',
      'The health check of the container failed: connection refused.',
      'The health check of the container failed.',
    ]);
  });
});

describe('core/wording/explainHang', () => {
  const nothing = { closeWait: 0, established: 0, listeners: 1, stoppedPids: [] };

  it('returns undefined when nothing explains the hang', () => {
    assert.equal(explainHang(undefined), undefined);
    assert.equal(explainHang(nothing), undefined);
  });

  it('names paused processes, servers that share the port, and unclosed connections', () => {
    assert.equal(explainHang({ ...nothing, stoppedPids: [7] }), 'Process 7 is paused (SIGSTOP, or a debugger).');
    assert.equal(explainHang({ ...nothing, closeWait: 1 }), '1 connection is left unclosed (CLOSE_WAIT).');
    assert.equal(
      explainHang({ closeWait: 31, established: 0, listeners: 2, stoppedPids: [7, 8] }),
      'Processes 7 and 8 are paused (SIGSTOP, or a debugger). 2 servers share the port. 31 connections are left unclosed (CLOSE_WAIT).',
    );
  });
});
