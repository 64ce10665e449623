/** Cases that follow from output, probes and files. */
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { known } from '../../../../src/core/model/process';
import { unprovenStatuses } from '../../../../src/core/model/unprovenPath';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import { crash, failed, good, healthy, running } from '../views/samples';
import { foreign, frontend, gone, make, manifest, noAnswer, port, refused } from './caseParts';
import type { Case } from './caseParts';
import { ailing, closed, crashedWith, down, facts, listener, neighbour, open, owner, probe, withFiles } from './sample';

/** Compose exited; its file has another port than the service. */
const composeEnded = (line: string): Facts =>
  crashedWith(
    [line],
    withFiles({ '/shop/compose.yaml': 'services:\n  db:\n    image: postgres\n    ports:\n      - "5433:5432"\n' }),
    { command: 'docker compose up db', port: 5432 },
  );

/** Of a health path that was not tried, and that the server does not know. */
const notFound = {
  kind: 'healthy',
  since: 50_000,
  streak: { successes: 1, failures: 0 },
  last: { ...good, ok: true, status: 404, latencyMs: 3 },
} as const;

export const wordCases: readonly Case[] = [
  make('missing-command', 'not found by the shell', crashedWith(['bash: line 1: uvicorn: command not found'])),
  make(
    'missing-command',
    'not found before the launch',
    down(failed({ kind: 'launch', failure: { kind: 'missingCommand', command: 'uvicorn' } })),
  ),
  make('missing-dependency', 'a Python module', crashedWith(["ModuleNotFoundError: No module named 'fastapi'"])),
  make(
    'missing-dependency',
    'a Node package',
    crashedWith(["Error: Cannot find module 'express'"], {}, { command: 'node server.js' }),
  ),
  make(
    'missing-dependency',
    'vite: not found, since node_modules is absent',
    crashedWith(['sh: 1: vite: not found'], withFiles({ '/shop/package.json': manifest }, [['/shop/package-lock.json', 1]]), {
      command: 'npm run dev',
    }),
    facts(withFiles({ '/shop/package.json': manifest }, [['/shop/package-lock.json', 1]]), { command: 'npm run dev' }),
  ),
  make(
    'missing-dependency',
    'node_modules is older than the lock file',
    crashedWith(
      ['sh: 1: vite: not found'],
      withFiles({ '/shop/package.json': manifest }, [
        ['/shop/package-lock.json', 90_000],
        ['/shop/node_modules', 1000],
        ['/shop/node_modules/.package-lock.json', 1000],
      ]),
      { command: 'npm run dev' },
    ),
  ),
  make(
    'syntax-error',
    'Python',
    crashedWith(['  File "/shop/main.py", line 7', '    def x(', '         ^', "SyntaxError: '(' was never closed"]),
  ),
  make(
    'syntax-error',
    'under a reloader that is running',
    ailing(
      noAnswer,
      { output: known(['  File "/shop/main.py", line 7', "SyntaxError: '(' was never closed"]) },
      { command: 'uvicorn main:app --reload' },
    ),
    facts(
      { output: known(['  File "/shop/main.py", line 7', "SyntaxError: '(' was never closed"]) },
      { command: 'uvicorn main:app --reload' },
    ),
  ),
  make(
    'address-in-use',
    'used by another process',
    crashedWith(
      ["ERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use"],
      foreign,
    ),
  ),
  make(
    'address-in-use',
    'refused before the launch',
    down(failed({ kind: 'portTaken', port: 8000, owners: [owner(99)] }), foreign),
  ),
  make(
    'missing-env',
    'KeyError',
    crashedWith([
      'Traceback (most recent call last):',
      '  File "/shop/main.py", line 2, in <module>',
      '    url = os.environ["DATABASE_URL"]',
      '  File "<frozen os>", line 679, in __getitem__',
      "KeyError: 'DATABASE_URL'",
    ]),
  ),
  make(
    'missing-env',
    'pydantic',
    crashedWith([
      'pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings',
      'database_url',
      '  Field required [type=missing, input_value={}, input_type=dict]',
    ]),
  ),
  make(
    'missing-env',
    'a key of .env.example is set nowhere',
    crashedWith(['boom'], withFiles({ '/shop/.env.example': 'API_TOKEN=\nPATH=\n', '/shop/.env': 'OTHER=1\n' })),
    facts(withFiles({ '/shop/.env.example': 'API_TOKEN=\n' })),
  ),
  make(
    'dependency-down',
    'PostgreSQL refuses',
    crashedWith(
      ['psycopg2.OperationalError: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused'],
      { ports: new Map([[5432, closed]]) },
    ),
    facts({ ports: new Map([[5432, open]]) }),
  ),
  make(
    'dependency-down',
    'MySQL is not there at its socket',
    crashedWith(
      [
        "sqlalchemy.exc.OperationalError: (2002, \"Can't connect to local MySQL server through socket '/run/mysqld/mysqld.sock' (2)\")",
      ],
      { ports: new Map([[3306, closed]]) },
    ),
    facts({ ports: new Map([[3306, open]]) }),
  ),
  make(
    'dependency-down',
    'the backend behind the proxy has crashed',
    facts(
      {
        ...port([listener({ port: 5173 })], [owner(4711)]),
        ownListeners: known([listener({ port: 5173 })]),
        output: known(['[vite] http proxy error: /api/items', 'Error: connect ECONNREFUSED 127.0.0.1:8000']),
        others: [neighbour('backend', failed(crash), { port: 8000 })],
        ports: new Map([[8000, closed]]),
      },
      frontend,
    ),
    facts(
      {
        ...port([listener({ port: 5173 })], [owner(4711)]),
        ownListeners: known([listener({ port: 5173 })]),
        output: known(['[vite] http proxy error: /api/items', 'Error: connect ECONNREFUSED 127.0.0.1:8000']),
        others: [neighbour('backend', running(healthy), { port: 8000 })],
        ports: new Map([[8000, open]]),
      },
      frontend,
    ),
  ),
  make(
    'dependency-down',
    'not started, because what it depends on failed',
    down(failed({ kind: 'dependency', id: 'postgres', problem: { kind: 'failed' } }), {
      others: [neighbour('postgres', failed(crash), { port: 5432 })],
    }),
  ),
  make('https-expected', 'a TLS port', ailing({ kind: 'httpsExpected' })),
  make('http-expected', 'a plain port', ailing({ kind: 'httpExpected' })),
  make('not-http', 'a database', ailing({ kind: 'notHttp' })),
  make('bad-status', '500', ailing({ kind: 'badStatus', status: 500, expected: '200–399' })),
  make('bad-body', 'another JSON', ailing({ kind: 'badBody', detail: 'status is "degraded"' })),
  make(
    'container-unhealthy',
    'the engine says so',
    ailing({ kind: 'containerUnhealthy', detail: 'wget: server returned error: HTTP/1.1 404 Not Found' }),
  ),
  make('probe-failed', 'closed before a reply', ailing({ kind: 'reset' })),
  make('not-listening', 'is running and opens no port', ailing(refused, { ...gone, output: known(['Waiting for the model…']) })),
  make(
    'health-path',
    'the path was not tried, and another one responds',
    facts(
      {
        state: { lifecycle: running(notFound), restarts: noRestarts },
        probes: { own: known({ outcome: notFound.last, timeout: 2000 }), addresses: [], respondingPath: '/healthz' },
      },
      { port: 8000, probe: { ...probe, status: unprovenStatuses } },
    ),
    facts({}, { port: 8000, probe: { ...probe, status: unprovenStatuses } }),
  ),
  make(
    'slow',
    '3 s',
    facts({
      probes: { own: known({ outcome: { ok: true, at: 99_000, latencyMs: 3000, status: 200 }, timeout: 2000 }), addresses: [] },
    }),
  ),
  make(
    'proxy-mismatch',
    'the proxy of Vite points to an unused port',
    facts(
      {
        others: [neighbour('backend', running(healthy), { port: 8001 })],
        ports: new Map([[8080, closed]]),
        ...withFiles({ '/shop/vite.config.ts': "proxy: { '/api': { target: 'http://localhost:8080' } }" }),
      },
      { ...frontend, port: 8000 },
    ),
    facts(
      {
        others: [neighbour('backend', running(healthy), { port: 8080 })],
        ports: new Map([[8080, open]]),
        ...withFiles({ '/shop/vite.config.ts': "proxy: { '/api': { target: 'http://localhost:8080' } }" }),
      },
      { ...frontend, port: 8000 },
    ),
  ),
  make(
    'env-mismatch',
    'VITE_API_URL points to an unused port',
    facts(
      { ports: new Map([[8080, closed]]), ...withFiles({ '/shop/.env': 'VITE_API_URL=http://localhost:8080/api\n' }) },
      { ...frontend, port: 8000 },
    ),
    facts(
      { ports: new Map([[8080, open]]), ...withFiles({ '/shop/.env': 'VITE_API_URL=http://localhost:8080/api\n' }) },
      { ...frontend, port: 8000 },
    ),
  ),
  make(
    'cors-origin',
    'the list has another port',
    facts({
      others: [neighbour('frontend', running(healthy), { role: 'frontend', port: 5173 })],
      ...withFiles({ '/shop/main.py': 'app.add_middleware(CORSMiddleware, allow_origins=["http://localhost:3000"])' }),
    }),
    facts({
      others: [neighbour('frontend', running(healthy), { role: 'frontend', port: 5173 })],
      ...withFiles({ '/shop/main.py': 'app.add_middleware(CORSMiddleware, allow_origins=["http://localhost:5173"])' }),
    }),
  ),
  make(
    'compose-port',
    'Compose publishes 5433',
    ailing(
      refused,
      {
        ...gone,
        ...withFiles({ '/shop/docker-compose.yml': 'services:\n  db:\n    image: postgres\n    ports:\n      - "5433:5432"\n' }),
      },
      { command: 'docker compose up db', port: 5432 },
    ),
  ),
  make('crashed', 'Compose exited, whatever it publishes', composeEnded('The service db has no such image.')),
  make('missing-command', 'Docker without Compose', composeEnded('docker: unknown command: docker compose')),
  make(
    'compose-port',
    'DATABASE_URL has the port inside the container',
    crashedWith(['connect ECONNREFUSED 127.0.0.1:5432'], {
      ports: new Map([[5432, closed]]),
      ...withFiles({
        '/shop/.env': 'DATABASE_URL=postgres://u:p@localhost:5432/shop\n',
        '/shop/compose.yaml': 'services:\n  db:\n    ports: \n      - 5433:5432\n',
      }),
    }),
  ),
  make(
    'out-of-memory',
    'Node',
    crashedWith(['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory']),
  ),
  make(
    'watcher-limit',
    'ENOSPC',
    crashedWith(["Error: ENOSPC: System limit for number of file watchers reached, watch '/app/src'"]),
  ),
  make(
    'forced-shutdown',
    'killed after the grace period',
    down({ kind: 'stopped', cause: { kind: 'forced', graceMs: 10_000, asked: 'SIGINT', pids: [4711] }, run: 'r1' }),
  ),
  make(
    'forced-shutdown',
    'tsx kills the worker on a reload',
    facts({ output: known(["[tsx] Process didn't exit in 5s. Force killing..."]) }),
  ),
];
