/**
 * Cases of editors, platforms and hosts. The output of Next and of the packages for another platform was captured: a second `next dev` of
 * Next 16.4 in one folder; esbuild, Rollup, Rolldown, lightningcss and SWC installed with `npm install --os=win32` and loaded on Linux.
 */
import type { Facts } from '../../../../src/core/diagnosis/facts';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import { known } from '../../../../src/core/model/process';
import { failed } from '../views/samples';
import { checkout, frontend, make, manifest, port, stopped } from './caseParts';
import type { Case } from './caseParts';
import { ailing, crashedWith, down, facts, listener, neighbour, open, owner, row, withFiles } from './sample';

const secondNext = [
  '▲ Next.js 16.4.6 (Turbopack)',
  '- Local:         http://localhost:3982',
  '✓ Ready in 521ms',
  '⨯ Another next dev server is already running.',
  '',
  '- Local:        http://localhost:3981',
  '- PID:          99',
  '- Dir:          /shop',
  '- Log:          .next/dev/logs/next-development.log',
  '',
  'You can access the existing server at http://localhost:3981,',
  'or run kill 99 to stop it and start a new one.',
];
export const nextTwice = (changes: Partial<Facts> = {}): Facts => crashedWith(secondNext, changes, { command: 'npm run dev' });
const nextServer = { otherServer: known(row(99, { command: 'next-server (v16.4.6)' })) };

const rejected = { kind: 'badStatus', status: 403, expected: '200–399', why: 'host' } as const;
const viteConfig = { '/shop/vite.config.ts': "export default {\n  server: { allowedHosts: ['shop.test'] },\n};\n" };
const django = "Invalid HTTP_HOST header: 'shop.test:8000'. You may need to add 'shop.test' to ALLOWED_HOSTS.";

const esbuild = [
  'Error: ',
  "You installed esbuild for another platform than the one you're currently using.",
  "This won't work because esbuild is written with native code and needs to",
  'install a platform-specific binary executable.',
];
const lock = withFiles({ '/shop/package.json': manifest }, [
  ['/shop/package-lock.json', 1],
  ['/shop/node_modules', 2],
]);
/** The first lines of what each tool printed. */
export const otherPlatform: readonly (readonly [about: string, lines: readonly string[]])[] = [
  ['esbuild', esbuild],
  [
    'Rollup',
    [
      'Error: Cannot find module @rollup/rollup-linux-x64-gnu. npm has a bug related to optional dependencies (https://github.com/npm/cli/issues/4828). Please try `npm i` again after removing both package-lock.json and node_modules directory.',
      "  [cause]: Error: Cannot find module '@rollup/rollup-linux-x64-gnu'",
    ],
  ],
  [
    'Rolldown',
    [
      'Error: Cannot find native binding. npm has a bug related to optional dependencies (https://github.com/npm/cli/issues/4828). Please try `npm i` again after removing both package-lock.json and node_modules directory.',
      "  cause: Error: Cannot find module '@rolldown/binding-wasm32-wasi'",
    ],
  ],
  ['lightningcss', ["Error: Cannot find module '../lightningcss.linux-x64-gnu.node'"]],
  ['SWC', ['Error: Failed to load native binding', "    Error: Cannot find module './swc.linux-x64-gnu.node'"]],
  [
    'a file of another system',
    ['Error: /shop/node_modules/bcrypt/bcrypt.node: invalid ELF header', "  code: 'ERR_DLOPEN_FAILED'"],
  ],
];

const bootloader = '/home/dev/.vscode-server/extensions/ms-vscode.js-debug-1.97.1/src/bootloader.js';
const debugged = [`Error: Cannot find module '${bootloader}'`, 'Require stack:', '- internal/preload'];

const policy = [
  'npm : File C:\\Program Files\\nodejs\\npm.ps1 cannot be loaded because running scripts is disabled on this system. For more ',
  'information, see about_Execution_Policies at https:/go.microsoft.com/fwlink/?LinkID=135170.',
  'At line:1 char:1',
  '    + FullyQualifiedErrorId : UnauthorizedAccess',
];

const editor = owner(99, { origin: { kind: 'editor' }, command: 'code --type=utility' });

const proxyFile = withFiles({ '/shop/vite.config.ts': "proxy: { '/api': { target: 'http://localhost:8001' } }" });
/** A frontend whose proxy uses the port of the backend, on which another folder has its server. */
const proxied = (root: string): Facts =>
  facts(
    {
      ...proxyFile,
      others: [neighbour('backend', stopped, { port: 8001 })],
      ports: new Map([[8001, open]]),
      proxied: known([{ port: 8001, owner: owner(99, { cwd: root }), own: checkout('/shop'), checkout: checkout(root) }]),
    },
    { ...frontend, port: 8000 },
  );
const another = { ...checkout('/old/shop'), remotes: ['git@host:team/other.git'] };

const closing = (phase: Extract<Lifecycle, { kind: 'launching' }>['phase']): Facts =>
  down({ kind: 'launching', run: 'r1', by: 'user', since: 90_000, phase });

export const platformCases: readonly Case[] = [
  make('port-closing', 'a start waits for it', closing({ kind: 'portClosing', port: 8000 }), closing({ kind: 'preparing' })),
  make('stale-worktree-api', 'another clone has the port of the backend', proxied('/old/shop'), proxied('/shop')),
  make('already-running', 'a second next dev', nextTwice(nextServer), facts({ output: known(secondNext) })),
  make(
    'already-running',
    'before Next named the other one',
    crashedWith(['⨯ Unable to acquire lock at /shop/.next/dev/lock, is another instance of next dev running?']),
  ),
  make('host-not-allowed', 'the health check is refused', ailing(rejected, withFiles(viteConfig)), facts(withFiles(viteConfig))),
  make('host-not-allowed', 'Django refused a browser', facts({ output: known([django]) })),
  ...otherPlatform.map(([about, lines]) =>
    make('foreign-node-modules', about, crashedWith(lines, lock, { command: 'npm run dev' }), facts({ output: known(lines) })),
  ),
  make(
    'editor-environment',
    'the bootloader of a debug session is gone',
    crashedWith(debugged, {}, { command: 'node server.js' }),
  ),
  make('script-policy', 'npm is a script', crashedWith(policy, {}, { command: 'npm run dev' }), facts({ output: known(policy) })),
  make(
    'editor-forwarding',
    'the start was refused',
    down(failed({ kind: 'portTaken', port: 8000, owners: [editor] }), port([listener({ pids: [99] })], [editor])),
  ),
  make('editor-forwarding', 'the window has closed it since', down(failed({ kind: 'portTaken', port: 8000, owners: [editor] }))),
];

export const platformNearMisses: readonly { readonly code: Case['code']; readonly about: string; readonly facts: Facts }[] = [
  {
    code: 'stale-worktree-api',
    about: 'the server is of another repository',
    facts: {
      ...proxied('/old/shop'),
      proxied: known([{ port: 8001, owner: owner(99), own: checkout('/shop'), checkout: another }]),
    },
  },
  { code: 'already-running', about: 'it says so while it works', facts: facts({ output: known(secondNext) }) },
  {
    code: 'foreign-node-modules',
    about: 'a package of the project has a name with a platform',
    facts: crashedWith(["Error: Cannot find module 'my-linux-tools'"]),
  },
  {
    code: 'foreign-node-modules',
    about: 'a plain package is missing',
    facts: crashedWith(["Error: Cannot find module 'rollup'"]),
  },
  {
    code: 'editor-environment',
    about: 'another preload is missing',
    facts: crashedWith(["Error: Cannot find module './bootloader.js'"]),
  },
  { code: 'script-policy', about: 'a script of PowerShell failed', facts: crashedWith(['start.ps1 : The term was not found.']) },
  {
    code: 'editor-forwarding',
    about: 'another process has the port',
    facts: down(failed({ kind: 'portTaken', port: 8000, owners: [owner(99)] })),
  },
  {
    code: 'host-not-allowed',
    about: 'a request was forbidden for another reason',
    facts: ailing({ kind: 'badStatus', status: 403, expected: '200–399' }),
  },
];
