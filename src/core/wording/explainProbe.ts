import type { ProbeFailure } from '../model/failure';
import type { ProbeSpec } from '../model/service';
import { t } from './l10n';
import { asClause, short, withDetail } from './sentence';
import { span } from './span';
import { shortened } from './text';

/** Explains why a probe did not succeed. */
export function explainProbe(failure: ProbeFailure): string {
  switch (failure.kind) {
    case 'workerDead':
      return explainDeadWorker(asClause(shortened(failure.line, maxOutputLength)));
    case 'refused':
      return t('Nothing is listening on port {0}.', failure.port);
    case 'noAnswer':
      return t('Accepts connections but did not respond within {0}.', span(failure.timeout));
    case 'slow':
      return t('Responds only after {0}, later than the timeout of {1}.', span(failure.took), span(failure.timeout));
    case 'reset':
      return t('Closed the connection without a response.');
    case 'httpsExpected':
      return t('The port uses HTTPS, but the health check uses HTTP. Use an https:// address in "health".');
    case 'httpExpected':
      return t('The port uses plain HTTP, but the health check uses HTTPS. Use an http:// address in "health".');
    case 'notHttp':
      return t('The port does not use HTTP. Use { "tcp": <port> } as "health".');
    case 'badStatus':
      if (failure.why === 'host') return t('The server rejects the Host header of the health check (HTTP {0}).', failure.status);
      if (failure.why === 'webSocket') return t('The server accepts only WebSocket connections (HTTP {0}).', failure.status);
      if (failure.why === 'airplay') return t('The AirPlay receiver of macOS responds on this port (HTTP {0}).', failure.status);
      return t('Health check returned HTTP {0} (expected {1}).', failure.status, short(failure.expected));
    case 'badBody':
      return withDetail(failure.detail, t('Unexpected response body.'), (detail) => t('Unexpected response body: {0}', detail));
    case 'execFailed':
      return explainCommand(short(failure.command), failure.exitCode, asClause(shortened(failure.detail, maxOutputLength)));
    case 'unknownHost':
      return t('Unknown host {0} in the health check. Correct "health" in services.json.', short(failure.host));
    case 'unreachable':
      return withDetail(failure.detail, t('Not reachable.'), (detail) => t('Not reachable: {0}', detail));
    case 'container':
      return explainContainer(failure.state);
    case 'containerStarting':
      return t('The health check of the container has not succeeded yet.');
    case 'containerUnhealthy':
      return withDetail(shortened(failure.detail, maxOutputLength), t('The health check of the container failed.'), (detail) =>
        t('The health check of the container failed: {0}', detail),
      );
  }
}

function explainContainer(state: Extract<ProbeFailure, { kind: 'container' }>['state']): string {
  switch (state) {
    case 'missing':
      return t('There is no container.');
    case 'created':
      return t('The container was created and is not running yet.');
    case 'paused':
      return t('The container is paused.');
    case 'restarting':
      return t('The container has exited, and the engine restarts it.');
    case 'exited':
      return t('The container has exited.');
  }
}

/** Explains why a service whose path for health was not tried counts as up, although the path seems wrong. */
export function explainWrongPath({ target }: ProbeSpec, status: number): string {
  const path = target.kind === 'http' ? short(target.address) : '';
  return status === 404
    ? t('The server responds, but does not know the health path {0} (HTTP 404). It counts as up.', path)
    : t('The server responds, but its health path {0} requires a login (HTTP {1}). It counts as up.', path, status);
}

/** In code points. */
const maxOutputLength = 400;

const explainDeadWorker = (line: string): string =>
  line === ''
    ? t('The reloader is running, but the server that it restarted is dead.')
    : t('{0} (the reloader is running, but the server that it restarted is dead).', line);

function explainCommand(command: string, exitCode: number | undefined, output: string): string {
  if (output === '')
    return exitCode === undefined
      ? t('Health check {0} did not succeed.', command)
      : t('Health check {0} exited with code {1}.', command, exitCode);
  return exitCode === undefined
    ? t('{0} (health check {1} did not succeed).', output, command)
    : t('{0} (health check {1} exited with code {2}).', output, command, exitCode);
}
