/** Signatures for a port in use. Seen in the output or the source of the tools; see the examples. */
import { sign } from './signatures';
import type { Signature } from './signatures';

export const portSignatures: readonly Signature[] = [
  sign(
    'addressInUse',
    'uvicorn',
    /\[Errno (?:98|48|10048)\] .*bind on address \('[^']*', (?<port>\d+)/,
    "ERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use",
  ),
  sign(
    'addressInUse',
    'gunicorn',
    /connection to \('[^']*', (?<port>\d+)\) failed: \[Errno (?:98|48)\]/i,
    "[ERROR] connection to ('127.0.0.1', 8000) failed: [Errno 98] Address already in use",
  ),
  sign(
    'addressInUse',
    'gunicorn',
    /Connection in use: \('[^']*', (?<port>\d+)\)/,
    "[2026-11-25 18:00:00 +0000] [1] [ERROR] Connection in use: ('127.0.0.1', 8000)",
  ),
  sign(
    'addressInUse',
    'Bun',
    /Failed to start server\. Is port (?<port>\d+) in use\?/,
    'error: Failed to start server. Is port 3000 in use?',
  ),
  sign(
    'addressInUse',
    'Flask',
    /^Port (?<port>\d+) is in use by another program/,
    'Port 5000 is in use by another program. Either identify and stop that program, or start the server with a different port.',
  ),
  sign('addressInUse', 'Django', /^Error: That port is already in use\./, 'Error: That port is already in use.'),
  sign(
    'addressInUse',
    'Node',
    /EADDRINUSE: address already in use (?:\S*:)?(?<port>\d+)/,
    'Error: listen EADDRINUSE: address already in use :::3000',
  ),
  sign('addressInUse', 'Vite', /^(?:Error: )?Port (?<port>\d+) is already in use/, 'Error: Port 5173 is already in use'),
  sign(
    'addressInUse',
    'react-scripts',
    /Something is already running on port (?<port>\d+)/,
    'Something is already running on port 3000.',
  ),
  sign(
    'addressInUse',
    'Spring Boot',
    /Port (?<port>\d+) was already in use\./,
    'Web server failed to start. Port 8080 was already in use.',
  ),
  sign(
    'addressInUse',
    'Go',
    /listen tcp \S*:(?<port>\d+): bind: address already in use/,
    'listen tcp :8080: bind: address already in use',
  ),
  sign(
    'addressInUse',
    '.NET',
    /Failed to bind to address https?:\/\/[^:]+:(?<port>\d+): address already in use/,
    'System.IO.IOException: Failed to bind to address http://127.0.0.1:5000: address already in use.',
  ),
  sign('addressInUse', 'Rust', /kind: AddrInUse/, 'Error: Os { code: 98, kind: AddrInUse, message: "Address already in use" }'),
  sign(
    'addressInUse',
    'Python',
    /OSError: \[(?:Errno (?:98|48)|WinError 10048)\]|\[Errno (?:98|48|10048)\] Address already in use/,
    'OSError: [Errno 98] Address already in use',
  ),
  sign(
    'addressInUse',
    'Java',
    /java\.net\.BindException: Address already in use/,
    'Caused by: java.net.BindException: Address already in use (Bind failed)',
  ),
];
