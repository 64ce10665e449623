/** Cases whose first action matters most: each twin is the nearest situation in which the code must not be found. */
import type { Facts, ScriptFacts } from '../../../../src/core/diagnosis/facts';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import { known } from '../../../../src/core/model/process';
import { gone, make, refused } from './caseParts';
import type { Case } from './caseParts';
import { failed, healthy } from '../views/samples';
import { ailing, crashedWith, down, facts, listener, row } from './sample';

const own = (name: string, path: string, root: string): Pick<Facts, 'localNames'> => ({
  localNames: known(new Map([[name, [{ path, root, kind: 'module', isWhole: true }]]])),
});
const noStore = "ModuleNotFoundError: No module named 'store'";

const attachable = 'Debugger listening on ws://127.0.0.1:9500/4b0c9fc1';
const debugging = (lines: readonly string[], command = 'node --inspect-brk=9500 server.js'): Facts =>
  ailing(
    refused,
    {
      ...gone,
      ownListeners: known([listener({ port: 9500 })]),
      members: known([row(4711, { command })]),
      output: known(lines),
    },
    { command: 'npm run debug' },
  );

const inTheBackground: Lifecycle = {
  kind: 'running',
  run: 'r1',
  process: { pid: 4711, born: 'b' },
  startedAt: 10_000,
  readyAt: 11_000,
  terminal: 'left',
  health: healthy,
};

/** Exited before it was ready. */
const left = (command: string, exitCode = 0): Facts =>
  down(failed({ kind: 'crashed', end: { exitCode }, beforeReady: true }), {}, { command });

export const actionCases: readonly Case[] = [
  make('in-background', 'nginx exited, and its server is not seen', left('nginx -p . -c site.conf')),
  make(
    'in-background',
    'it is followed there',
    facts({ state: { lifecycle: inTheBackground, restarts: noRestarts } }, { command: './start' }),
  ),
  make(
    'wrong-folder',
    'Python code of the workspace is not searched',
    crashedWith([noStore], own('store', '/shop/store', '/shop')),
    facts({ ...own('store', '/shop/store', '/shop'), output: known([noStore]) }),
  ),
  make('waits-for-debugger', 'Node', debugging([attachable, 'For help, see: https://nodejs.org/en/docs/inspector'])),
];

const script = (changes: Partial<ScriptFacts>): Pick<Facts, 'scripts'> => ({
  scripts: known([
    {
      path: '/shop/start.sh',
      hasCarriageReturns: false,
      isExecutable: true,
      interpreter: '/bin/sh',
      isInterpreterThere: true,
      ...changes,
    },
  ]),
});
const refusedScript = (changes: Partial<ScriptFacts>, line: string, exitCode = 126): Facts =>
  down(failed({ kind: 'crashed', end: { exitCode }, beforeReady: true }), { ...script(changes), output: known([line]) });
const denied = 'bash: line 1: ./start.sh: Permission denied';
const alreadyRunning = 'A server is already running (pid: 99, file: /shop/tmp/server.pid).';
const pidFile = (command?: string): Facts =>
  crashedWith(
    [alreadyRunning],
    {
      pidFile: known({
        path: '/shop/tmp/server.pid',
        pid: 99,
        ...(command === undefined ? {} : { process: row(99, { command }) }),
      }),
    },
    { command: 'bin/rails server' },
  );
const preload = (options: string): Facts =>
  crashedWith(["Error: Cannot find module './tracing.js'"], {}, { command: 'node server.js', env: { NODE_OPTIONS: options } });

/** The most plausible output for each code that follows from one line. */
const oneLiners: readonly (readonly [code: Case['code'], about: string, lines: readonly string[]])[] = [
  [
    'docker-not-running',
    'the daemon',
    [
      'docker: Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?',
      "Run 'docker run --help' for more information",
    ],
  ],
  [
    'docker-not-running',
    'the permission',
    ['permission denied while trying to connect to the Docker daemon socket at unix:///x'],
  ],
  [
    'native-module',
    'NODE_MODULE_VERSION',
    [
      "Error: The module '/shop/node_modules/better-sqlite3/build/better_sqlite3.node'",
      'was compiled against a different Node.js version using',
      'NODE_MODULE_VERSION 93. This version of Node.js requires',
    ],
  ],
  [
    'database-missing',
    'PostgreSQL',
    [
      'psycopg2.OperationalError: connection to server at "localhost", port 5432 failed: FATAL:  database "shop" does not exist',
      '(Background on this error at: https://sqlalche.me/e/20/e3q8)',
    ],
  ],
  ['database-login', 'PostgreSQL', ['FATAL:  password authentication failed for user "shop"']],
  [
    'migrations-pending',
    'Rails',
    [
      'Migrations are pending. To resolve this issue, run:',
      '',
      '        bin/rails db:migrate',
      '',
      '20260902120000_add_stock.rb',
    ],
  ],
];

export const situationCases: readonly Case[] = [
  make(
    'line-endings',
    'of a script',
    refusedScript({ hasCarriageReturns: true }, './start.sh: cannot execute: required file not found', 127),
    facts(script({ hasCarriageReturns: true })),
  ),
  make('not-executable', 'a script', refusedScript({ isExecutable: false }, denied), facts(script({ isExecutable: false }))),
  make(
    'moved-environment',
    'its Python is gone',
    refusedScript(
      { path: '/shop/.venv/bin/uvicorn', interpreter: '/old/.venv/bin/python', isInterpreterThere: false },
      '.venv/bin/uvicorn: cannot execute: required file not found',
      127,
    ),
  ),
  make('stale-pid-file', 'no process has the pid', pidFile()),
  make('missing-preload', 'named in env', preload('--require ./tracing.js')),
  ...oneLiners.map(([code, about, lines]) => make(code, about, crashedWith(lines), facts({ output: known(lines) }))),
];

/** Situations in which a guard keeps a code from being found; another code may be. */
export const nearMisses: readonly { readonly code: Case['code']; readonly about: string; readonly facts: Facts }[] = [
  { code: 'wrong-folder', about: 'the workspace has nothing of this name', facts: crashedWith([noStore]) },
  {
    code: 'wrong-folder',
    about: 'only a folder without Python code has this name',
    facts: crashedWith([noStore], {
      localNames: known(new Map([['store', [{ path: '/shop/store', root: '/shop', kind: 'other', isWhole: true }]]])),
    }),
  },
  {
    code: 'wrong-folder',
    about: 'the rest of the dotted name leads nowhere',
    facts: crashedWith(["ModuleNotFoundError: No module named 'store.db'"], {
      localNames: known(new Map([['store', [{ path: '/shop/store', root: '/shop', kind: 'module', isWhole: false }]]])),
    }),
  },
  { code: 'in-background', about: 'nginx was told to stay in front', facts: left("nginx -g 'daemon off;'") },
  { code: 'in-background', about: 'it failed', facts: left('redis-server --daemonize yes', 1) },
  { code: 'in-background', about: 'two programs follow each other', facts: left('a && b') },
  { code: 'in-background', about: 'nothing in the command sends it there', facts: left('node server.js -d') },
  {
    code: 'line-endings',
    about: 'its interpreter reads such lines',
    facts: refusedScript({ path: '/shop/a.py', interpreter: '/usr/bin/python3', hasCarriageReturns: true }, 'boom', 1),
  },
  {
    code: 'line-endings',
    about: 'the script is outside the workspace',
    facts: refusedScript({ path: '/usr/bin/x', hasCarriageReturns: true }, 'x', 127),
  },
  {
    code: 'not-executable',
    about: 'another file is denied',
    facts: refusedScript({ isExecutable: false }, '/var/log/shop: Permission denied'),
  },
  { code: 'not-executable', about: 'it may be executed', facts: refusedScript({}, denied) },
  {
    code: 'not-executable',
    about: 'the system has no such permission',
    facts: refusedScript({ isExecutable: undefined }, denied),
  },
  { code: 'moved-environment', about: 'the interpreter is there', facts: refusedScript({ interpreter: '/old/python' }, denied) },
  { code: 'stale-pid-file', about: 'the file is gone', facts: crashedWith([alreadyRunning]) },
  { code: 'missing-preload', about: 'NODE_OPTIONS loads another file', facts: preload('--require ./other.js') },
  {
    code: 'native-module',
    about: 'a package is named without a reason',
    facts: crashedWith(["The module '/shop/x.node'", 'boom']),
  },
  { code: 'docker-not-running', about: 'a program prints of a daemon', facts: crashedWith(['the Docker daemon is fine']) },
  {
    code: 'database-missing',
    about: 'it was created after a reload',
    facts: crashedWith(['FATAL:  database "shop" does not exist', 'INFO:     Application startup complete.', 'boom']),
  },
  {
    code: 'waits-for-debugger',
    about: 'the option does not wait',
    facts: debugging([attachable], 'node --inspect=9500 server.js'),
  },
  { code: 'waits-for-debugger', about: 'one was attached', facts: debugging([attachable, 'Debugger attached.']) },
  {
    code: 'waits-for-debugger',
    about: 'the server is listening',
    facts: ailing(
      { kind: 'badStatus', status: 500, expected: '200' },
      { output: known([attachable]) },
      { command: 'node --inspect-brk a.js' },
    ),
  },
  {
    code: 'wrong-port',
    about: 'only the debugger is listening',
    facts: debugging([attachable], 'node --inspect=9500 server.js'),
  },
  {
    code: 'wrong-port',
    about: 'a listener whose process is not visible may be its own',
    facts: ailing(refused, {
      ...gone,
      port: { listeners: known([listener({ pids: [] })]), owners: known([]), forbidden: known(undefined) },
      ownListeners: known([listener({ port: 8001 })]),
    }),
  },
  {
    code: 'dependency-down',
    about: 'it connected, and ended for another reason',
    facts: crashedWith(['Error: connect ECONNREFUSED 127.0.0.1:59999', 'connected', 'TypeError: x is not a function'], {
      ports: new Map([[59_999, { isOpen: known(false), listeners: known([]) }]]),
    }),
  },
  {
    code: 'dependency-down',
    about: 'its own port is refused',
    facts: crashedWith(['Error: connect ECONNREFUSED 127.0.0.1:8000'], {
      ports: new Map([[8000, { isOpen: known(false), listeners: known([]) }]]),
    }),
  },
];
