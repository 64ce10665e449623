/** Messages of real tools for reloads, exited workers, errors and addresses, and lines that only resemble them. */
import assert from 'node:assert/strict';
import { readSign } from '../../../../src/core/output/serverSignatures';

const reloads = [
  "WARNING:  WatchFiles detected changes in 'main.py'. Reloading...",
  "WARNING:  StatReload detected changes in 'main.py'. Reloading...",
  " * Detected change in '/app/main.py', reloading",
  '/app/shop/views.py changed, reloading.',
  '[nodemon] restarting due to changes...',
  '10:15:42 AM [tsx] change in ./src/index.ts Restarting...',
  "Restarting 'server.js'",
  '10:15:42 AM [vite] vite.config.ts changed, restarting server...',
  '10:15:42 AM [vite] server restarted.',
  ' ⚠ Found a change in next.config.js. Restarting the server to apply the changes...',
];

const dead = [
  '[nodemon] app crashed - waiting for file changes before starting...',
  '[nodemon] clean exit - waiting for changes before restart',
  "Failed running 'server.js'",
  "Completed running 'server.js'",
  '[2026-01-01 10:00:00 +0000] [7] [ERROR] Worker failed to boot.',
];

const errors = [
  "ModuleNotFoundError: No module named 'fastapi'",
  'SyntaxError: invalid syntax',
  'sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection refused',
  'KeyError',
  'ERROR:    Error loading ASGI app. Could not import module "main".',
  'Error: Cannot find module ./x',
  'Transform failed with 1 error:',
];

const addresses: readonly (readonly [string, number])[] = [
  ['  ➜  Local:   http://localhost:5174/', 5174],
  ['   - Local:        http://localhost:3001', 3001],
  ['<i> [webpack-dev-server] Loopback: http://localhost:8081/, http://[::1]:8081/', 8081],
  ['INFO:     Uvicorn running on http://127.0.0.1:8001 (Press CTRL+C to quit)', 8001],
  [' * Running on http://127.0.0.1:5001', 5001],
  ['[2026-01-01 10:00:00 +0000] [7] [INFO] Listening at: http://0.0.0.0:8002 (7)', 8002],
  ['Starting development server at http://127.0.0.1:8003/', 8003],
  ['Server running at http://[::1]:3003/', 3003],
];

const nothing = [
  'INFO:     127.0.0.1:51234 - "GET /api/reload HTTP/1.1" 200 OK',
  'INFO:     127.0.0.1:51234 - "GET /error?type=TypeError: x HTTP/1.1" 500 Internal Server Error',
  'proxying /api to http://localhost:8000',
  '  ➜  Network: http://192.168.0.7:5174/',
  'Local storage emulator proxies to http://localhost:9199',
  'connect to the local database with http://localhost:5984',
  '10:15:42 AM [vite] page reload index.html',
  'hmr update /src/App.tsx',
  'asyncio.exceptions.CancelledError',
  'ConnectionResetError: [Errno 104] Connection reset by peer',
  'The server will be restarted tomorrow',
  'restarting the import of 300 rows',
  'no errors found',
  'Errors: 0',
  '',
];

describe('core/output/serverSignatures', () => {
  for (const line of reloads) it(`reads a reload: ${line.trim()}`, () => assert.deepEqual(readSign(line), { kind: 'reload' }));
  for (const line of dead)
    it(`reads a dead worker: ${line}`, () => assert.deepEqual(readSign(line), { kind: 'error', final: true }));
  for (const line of errors)
    it(`reads an error: ${line}`, () => assert.deepEqual(readSign(line), { kind: 'error', final: false }));
  for (const [line, port] of addresses) {
    it(`reads port ${port}: ${line.trim()}`, () => assert.deepEqual(readSign(line), { kind: 'address', port }));
  }
  for (const line of nothing) it(`reads nothing: ${line.trim()}`, () => assert.equal(readSign(line), undefined));

  it('ignores lines of more than 500 characters', () => assert.equal(readSign(`Error: ${'x'.repeat(600)}`), undefined));
});
