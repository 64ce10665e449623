/** For every code a sick case, of which it must be the first verdict, and a healthy twin, which must have none. */
import type { Code } from '../../../../src/core/diagnosis/codes';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { known } from '../../../../src/core/process';
import { noRestarts } from '../../../../src/core/state';
import { crash, failed, healthy, lost, running } from '../views/samples';
import { ailing, closed, crashedWith, down, facts, listener, neighbour, open, owner, probe, row, withFiles } from './sample';

export interface Case {
  readonly code: Code;
  readonly about: string;
  readonly sick: Facts;
  readonly healthy: Facts;
}

const port = (
  listeners: readonly ReturnType<typeof listener>[],
  owners: readonly ReturnType<typeof owner>[],
): Pick<Facts, 'port'> => ({
  port: { listeners: known(listeners), owners: known(owners), forbidden: known(undefined) },
});
const make = (code: Code, about: string, sick: Facts, twin: Facts = facts()): Case => ({ code, about, sick, healthy: twin });
const refused = { kind: 'refused', port: 8000 } as const;
const noAnswer = { kind: 'noAnswer', timeout: 2000 } as const;
const stopped = { kind: 'stopped', cause: { kind: 'command' }, run: 'r1' } as const;
const foreign = port([listener({ pids: [99] })], [owner(99)]);
const gone = { ...port([], []), ownListeners: known([]) };
const checkout = (root: string) => ({ root, gitFolder: `${root}/.git`, remotes: ['git@host:team/shop.git'] });
const copies = (theirs: ReturnType<typeof checkout>): Pick<Facts, 'checkouts'> => ({
  checkouts: known({ own: checkout('/shop'), owners: new Map([[99, theirs]]) }),
});
const frontend = { id: 'frontend', key: 'frontend', role: 'frontend', port: 5173, command: 'npm run dev' } as const;
const manifest = '{ "dependencies": { "vite": "8" } }';

export const cases: readonly Case[] = [
  make('not-running', 'stopped by hand', down(stopped)),
  make('not-running', 'never started', down({ kind: 'stopped', cause: { kind: 'never' } })),
  make('not-running', 'ended by itself', down({ kind: 'exited', run: 'r1', at: 99_000, exitCode: 0 })),
  make('not-launched', 'no folder', down(failed({ kind: 'launch', failure: { kind: 'missingFolder', path: '/shop/backend' } }))),
  make('cannot-stop', 'resists', down(failed({ kind: 'cannotStop', pids: [7], detail: 'no permission' }))),
  make(
    'crashed',
    'with its last words',
    crashedWith(['Traceback (most recent call last):', 'ZeroDivisionError: division by zero']),
  ),
  make(
    'crash-loop',
    'gave up',
    down(
      failed({
        kind: 'gaveUp',
        restarts: 5,
        last: { kind: 'crashed', end: { exitCode: 1, lastLine: 'boom' }, beforeReady: true },
      }),
    ),
  ),
  make(
    'crash-loop',
    'waits for the third try',
    down(
      {
        kind: 'backingOff',
        run: 'r1',
        next: 'r2',
        until: 103_000,
        since: 99_000,
        failure: { kind: 'crashed', end: { exitCode: 1 }, beforeReady: true },
      },
      {
        state: {
          lifecycle: {
            kind: 'backingOff',
            run: 'r1',
            next: 'r2',
            until: 103_000,
            since: 99_000,
            failure: { kind: 'crashed', end: { exitCode: 1 }, beforeReady: true },
          },
          restarts: { inARow: 2, total: 2 },
        },
      },
    ),
  ),
  make('hung', 'accepts and says nothing', ailing(noAnswer)),
  make('hung', 'with connections that others have left', ailing(noAnswer, { connections: known(new Map([['CLOSE_WAIT', 30]])) })),
  make('stopped-process', 'SIGSTOP', ailing(noAnswer, { members: known([row(4711, { state: 'stopped' })]) })),
  make(
    'several-listeners',
    'a stale server beside ours',
    facts({
      ...port([listener(), listener({ socket: '2', pids: [99] })], [owner(4711), owner(99)]),
      processes: known([row(4711), row(99)]),
    }),
    facts({
      ...port([listener(), listener({ socket: '2', pids: [4712] })], [owner(4711), owner(4712)]),
      members: known([row(4711), row(4712, { ppid: 4711 })]),
      processes: known([row(4711), row(4712, { ppid: 4711 })]),
    }),
  ),
  make(
    'close-wait',
    'leaks connections and answers',
    facts({ connections: known(new Map([['CLOSE_WAIT', 23]])) }),
    facts({ connections: known(new Map([['CLOSE_WAIT', 1]])) }),
  ),
  make('wrong-port', 'listens on 8001', ailing(refused, { ...gone, ownListeners: known([listener({ port: 8001 })]) })),
  make(
    'wrong-family',
    'only ::1, while health asks 127.0.0.1',
    ailing(refused, port([listener({ address: '::1', family: 6 })], [owner(4711)]), {
      probe: { ...probe, target: { kind: 'http', address: 'http://127.0.0.1:8000/health' } },
    }),
    facts(port([listener({ address: '::1', family: 6 })], [owner(4711)])),
  ),
  make(
    'wrong-family',
    'the proxy asks ::1, the backend has 127.0.0.1',
    facts(
      {
        ...port([listener({ port: 5173 })], [owner(4711)]),
        ownListeners: known([listener({ port: 5173 })]),
        ports: new Map([[8000, { isOpen: known(true), listeners: known([listener({ pids: [5] })]) }]]),
        ...withFiles({ '/shop/vite.config.ts': "proxy: { '/api': 'http://[::1]:8000' }" }),
      },
      frontend,
    ),
    facts(
      {
        ...port([listener({ port: 5173 })], [owner(4711)]),
        ownListeners: known([listener({ port: 5173 })]),
        ports: new Map([[8000, { isOpen: known(true), listeners: known([listener({ pids: [5] })]) }]]),
        ...withFiles({ '/shop/vite.config.ts': "proxy: { '/api': 'http://localhost:8000' }" }),
      },
      frontend,
    ),
  ),
  make(
    'bound-to-loopback',
    'published by Compose from a container',
    facts({
      host: { platform: 'linux', isRemote: true, inContainer: true },
      ...withFiles({ '/shop/compose.yml': 'services:\n  app:\n    ports:\n      - "8000:8000"\n' }),
    }),
    facts({
      host: { platform: 'linux', isRemote: true, inContainer: true },
      ...port([listener({ address: '0.0.0.0' })], [owner(4711)]),
      ...withFiles({ '/shop/compose.yml': 'services:\n  app:\n    ports:\n      - "8000:8000"\n' }),
    }),
  ),
  make('foreign-owner', 'runs, and another answers', facts({ ...foreign, ownListeners: known([]) })),
  make('foreign-owner', 'stopped, and another answers', down(stopped, foreign)),
  make('wrong-checkout', 'another clone serves the port', down(stopped, { ...foreign, ...copies(checkout('/old/shop')) })),
  make(
    'wrong-checkout',
    'another clone kept it from starting',
    crashedWith(["ERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use"], {
      ...foreign,
      ...copies(checkout('/old/shop')),
    }),
  ),
  make('port-forbidden', 'port 80', crashedWith(['Error: listen EACCES: permission denied 0.0.0.0:80'], {}, { port: 80 })),
  make(
    'port-forbidden',
    'refused before the launch',
    down(failed({ kind: 'portForbidden', port: 80, why: 'It needs more rights.' })),
  ),
  make(
    'reloader-alone',
    'uvicorn --reload after a traceback',
    ailing(
      noAnswer,
      { output: known(["WARNING:  StatReload detected changes in 'main.py'. Reloading...", 'RuntimeError: no model']) },
      { command: 'uvicorn main:app --reload' },
    ),
    facts(
      {
        output: known([
          "WARNING:  StatReload detected changes in 'main.py'. Reloading...",
          'INFO:     Application startup complete.',
        ]),
      },
      { command: 'uvicorn main:app --reload' },
    ),
  ),
  make(
    'reloader-alone',
    'nodemon waits',
    ailing(refused, { ...gone, output: known(['[nodemon] app crashed - waiting for file changes before starting...']) }),
  ),
  make('terminal-lost', 'runs unseen', facts({ state: { lifecycle: lost(running(healthy)), restarts: noRestarts } })),
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
    'under a reloader that lives',
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
    'taken by another',
    crashedWith(
      ["ERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use"],
      foreign,
    ),
  ),
  make(
    'address-in-use',
    'not started for it',
    down(failed({ kind: 'portTaken', port: 8000, owner: 'pid 99 (node other.js)' }), foreign),
  ),
  make('missing-env', 'KeyError', crashedWith(["KeyError: 'DATABASE_URL'"])),
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
    'the backend behind the proxy is dead',
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
    down(failed({ kind: 'dependency', id: 'postgres', detail: 'it failed' }), {
      others: [neighbour('postgres', failed(crash), { port: 5432 })],
    }),
  ),
  make('https-expected', 'a TLS port', ailing({ kind: 'httpsExpected' })),
  make('http-expected', 'a plain port', ailing({ kind: 'httpExpected' })),
  make('not-http', 'a database', ailing({ kind: 'notHttp' })),
  make('bad-status', '500', ailing({ kind: 'badStatus', status: 500, expected: '200 to 399' })),
  make('bad-body', 'another JSON', ailing({ kind: 'badBody', detail: 'status is "degraded"' })),
  make('probe-failed', 'closed before a reply', ailing({ kind: 'reset' })),
  make('not-listening', 'runs without a port', ailing(refused, { ...gone, output: known(['Waiting for the model…']) })),
  make(
    'slow',
    '3 s',
    facts({
      probes: { own: known({ outcome: { ok: true, at: 99_000, latencyMs: 3000, status: 200 }, timeout: 2000 }), addresses: [] },
    }),
  ),
  make(
    'proxy-mismatch',
    'Vite leads to a port that nobody has',
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
    'VITE_API_URL leads to a port that nobody has',
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
  make(
    'compose-port',
    'DATABASE_URL names the port inside the container',
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
    'stopped by force',
    down({ kind: 'stopped', cause: { kind: 'forced', graceMs: 10_000, signal: 'SIGINT', pids: [4711] }, run: 'r1' }),
  ),
  make(
    'forced-shutdown',
    'tsx kills it at a reload',
    facts({ output: known(["[tsx] Process didn't exit in 5s. Force killing..."]) }),
  ),
];
