/** Cases whose first action matters most: each twin is the nearest situation in which the code must not be found. */
import type { Facts } from '../../../../src/core/diagnosis/facts';
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
