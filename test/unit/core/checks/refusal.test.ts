/** Reasons that a refused health check gives, and responses that only look like them. */
import assert from 'node:assert/strict';
import { mayExplain, refusalOf } from '../../../../src/core/checks/refusal';
import { isOwnTrace } from '../../../../src/core/diagnosis/ownTraces';

describe('core/checks/refusal', () => {
  const cases: readonly (readonly [status: number, body: string, why: string | undefined])[] = [
    [400, '<center>The plain HTTP request was sent to HTTPS port</center>', 'https'],
    [400, 'Client sent an HTTP request to an HTTPS server.\n', 'https'],
    [400, "Reason: You're speaking plain HTTP to an SSL-enabled server port.", 'https'],
    [400, 'This combination of host and port requires TLS.', 'https'],
    [403, 'The plain HTTP request was sent to HTTPS port', undefined],
    [426, '', 'webSocket'],
    [400, 'No WebSocket UPGRADE hdr: None', 'webSocket'],
    [403, 'WebSocket', undefined],
    [400, '<title>DisallowedHost\n at /health/</title>', 'host'],
    [400, 'Invalid HTTP_HOST header: &#x27;localhost:8000&#x27;.', 'host'],
    [400, '<h1>Bad Request (400)</h1>', 'host'],
    [400, 'Invalid host header', 'host'],
    [400, 'Bad Request - Invalid Hostname', 'host'],
    [400, "Host 'localhost' is not trusted.", 'host'],
    [403, '<h2>Blocked hosts: localhost:3000</h2>', 'host'],
    [403, 'Blocked request. This host ("localhost") is not allowed.', 'host'],
    [421, 'Invalid host', 'host'],
    [400, '{"detail":"id is missing"}', undefined],
    [400, 'Bad Request (400)', undefined],
    [403, 'Forbidden', undefined],
    [404, 'Invalid host header', undefined],
    [500, 'DisallowedHost', undefined],
  ];
  for (const [status, body, why] of cases) {
    it(`${status} ${JSON.stringify(body)}: ${why ?? 'no reason'}`, () => assert.equal(refusalOf(status, {}, body), why));
  }

  it('knows a WebSocket server by its header', () => {
    assert.equal(refusalOf(400, { 'sec-websocket-version': '13' }, 'Bad Request'), 'webSocket');
    assert.equal(refusalOf(404, { 'sec-websocket-version': '13' }, ''), undefined);
  });

  it('is AirPlay by the header of the server, whatever the body is', () => {
    assert.equal(refusalOf(403, { server: 'AirTunes/870.14.1' }, ''), 'airplay');
    assert.equal(refusalOf(403, { server: 'nginx' }, 'AirTunes/1'), undefined);
    assert.equal(refusalOf(200, { server: 'AirTunes/870.14.1' }, ''), undefined);
  });

  it('needs the body only of statuses that such refusals have', () => {
    assert.deepEqual(
      [200, 301, 400, 401, 403, 404, 421, 426, 500].filter((status) => mayExplain(status)),
      [400, 403, 421, 426],
    );
  });
});

describe('lines that the extension caused itself', () => {
  it('are those of a TLS handshake in the log of a server without TLS', () => {
    const own = [
      "127.0.0.1 - - [25/Nov/2026 10:00:00] code 400, message Bad request version ('\\x00\\x13\\x01')",
      "127.0.0.1 - - [25/Nov/2026 10:00:00] code 400, message Bad HTTP/0.9 request type ('\\x16\\x03')",
      "[25/Nov/2026 10:00:00] code 400, message Bad request syntax ('\\x16\\x03\\x01')",
      '127.0.0.1 - - [25/Nov/2026 10:00:00] "\\x16\\x03\\x01\\x02\\x00" 400 -',
      "[25/Nov/2026 10:00:00] You're accessing the development server over HTTPS, but it only supports HTTP.",
      'WARNING:  Invalid HTTP request received.',
    ];
    assert.deepEqual(
      own.filter((line) => !isOwnTrace(line)),
      [],
    );
  });

  it('are no other malformed requests, nor the requests of health checks', () => {
    const others = [
      '127.0.0.1 - - [25/Nov/2026 10:00:00] "GET /health HTTP/1.1" 400 -',
      '127.0.0.1 - - [25/Nov/2026 10:00:00] code 400, message Bad Request',
      'ValueError: Invalid HTTP status',
      'Starting development server at http://127.0.0.1:8000/',
    ];
    assert.deepEqual(others.filter(isOwnTrace), []);
  });
});
