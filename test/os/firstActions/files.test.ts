/** Scripts, environments, pid files and packages that cannot be used as they are: the first action is performed, and the service works. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Code } from '../../../src/core/diagnosis/codes';
import { createProcessTable } from '../../../src/os/processTable/index';
import { removePidFile } from '../../../src/os/remedies';
import { makeVenv } from '../../support/python';
import { asgi } from '../diagnosis/programs';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { python } from '../support/services';
import { Situation } from './situation';
import type { Layout } from './situation';

const server = `require('node:http').createServer((q, r) => r.end('ok')).listen(+process.argv[2], '127.0.0.1');`;

describe('the first action', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());
  const situation = async (layout: Omit<Layout, 'port'>): Promise<Situation> =>
    new Situation({ ...layout, port: await freePort() }, cleanup);

  /** Performs the first action of the verdict, and expects that the service works then. */
  const helps = async (found: Situation, code: Code, title: RegExp): Promise<void> => {
    await found.start();
    await found.ended();
    const { actions } = await found.verdict(code);
    assert.match(actions[0]?.title ?? '', title);
    await found.perform(actions[0]);
    await found.works();
  };

  for (const [name, command] of [
    ['with its first line', './start.sh ${port}'],
    ['by a shell', 'sh start.sh ${port}'],
  ] as const)
    it(`for line-endings converts the script that is run ${name}`, async () => {
      const start = '#!/bin/sh\r\nset -e\r\nexec node server.js "$1"\r\n';
      const files = { 'start.sh': start, 'server.js': server };
      const windows = await situation({ entry: { command }, files, executable: ['start.sh'] });
      await helps(windows, 'line-endings', /^Convert start\.sh to LF$/);
      assert.doesNotMatch(windows.read('start.sh'), /\r/);
    });

  it('for not-executable adds the permission', async () => {
    const files = { 'bin/start.sh': '#!/bin/sh\nexec node server.js "$1"\n', 'server.js': server };
    await helps(
      await situation({ entry: { command: 'bin/start.sh ${port}' }, files }),
      'not-executable',
      /^Run chmod \+x bin\/start\.sh$/,
    );
  });

  it('for not-executable adds it also for a script of npm', async () => {
    const files = {
      'package.json': '{ "scripts": { "dev": "./start.sh" } }',
      'start.sh': '#!/bin/sh\nexec node server.js "$1"\n',
      'server.js': server,
    };
    await helps(
      await situation({ entry: { command: 'npm run dev -- ${port}' }, files }),
      'not-executable',
      /chmod \+x start\.sh$/,
    );
  });

  it('for moved-environment runs the program with the Python of the environment', async () => {
    const moved = await situation({
      entry: { command: '.venv/bin/uvicorn main:app --port ${port}' },
      files: { 'main.py': asgi },
    });
    const old = join(moved.folder, '..', 'old');
    makeVenv(python, old);
    moved.write('../old/bin/uvicorn', `#!${old}/bin/python3\nimport sys\nfrom uvicorn.main import main\nsys.exit(main())\n`);
    execFileSync('chmod', ['+x', join(old, 'bin/uvicorn')]);
    cpSync(old, join(moved.folder, '.venv'), { recursive: true, verbatimSymlinks: true });
    rmSync(old, { recursive: true });
    await helps(moved, 'moved-environment', /^Set "command" to "\.venv\/bin\/python -m uvicorn/);
  });

  it('for missing-preload removes the option, and keeps the others', async () => {
    const env = { NODE_OPTIONS: '--require ./tracing.js --no-warnings' };
    const preload = await situation({ entry: { command: 'node server.js ${port}', env }, files: { 'server.js': server } });
    await helps(preload, 'missing-preload', /^Set NODE_OPTIONS to "--no-warnings"$/);
    const inherited = await situation({
      entry: { command: 'node server.js ${port}' },
      files: { 'server.js': server },
      env: { NODE_OPTIONS: '--require ./tracing.js' },
    });
    process.env['NODE_OPTIONS'] = '';
    cleanup.add(() => {
      delete process.env['NODE_OPTIONS'];
    });
    await helps(inherited, 'missing-preload', /^Start without NODE_OPTIONS$/);
  });

  it('for editor-environment removes the option (played: the file of a debug session that is over)', async () => {
    const NODE_OPTIONS = '--require /gone/ms-vscode.js-debug-1.97.1/src/bootloader.js';
    const debugged = await situation({
      entry: { command: 'node server.js ${port}' },
      files: { 'server.js': server },
      env: { NODE_OPTIONS },
    });
    await helps(debugged, 'editor-environment', /^Start without NODE_OPTIONS$/);
  });

  it('for foreign-node-modules installs the packages again (played: the build of Windows was copied, as esbuild reports it)', async () => {
    const message = "You installed esbuild for another platform than the one you're currently using.";
    const native = { name: 'native-lib', version: '1.0.0' };
    const copied = await situation({
      entry: { command: 'node server.js ${port}' },
      files: {
        'package.json': '{ "name": "shop", "version": "1.0.0", "dependencies": { "native-lib": "file:lib" } }',
        'package-lock.json': JSON.stringify({
          ...{ name: 'shop', version: '1.0.0', lockfileVersion: 3, requires: true },
          packages: {
            '': { name: 'shop', version: '1.0.0', dependencies: { 'native-lib': 'file:lib' } },
            lib: native,
            'node_modules/native-lib': { resolved: 'lib', link: true },
          },
        }),
        'lib/package.json': JSON.stringify(native),
        'lib/index.js': '',
        'node_modules/native-lib/package.json': JSON.stringify(native),
        'node_modules/native-lib/index.js': `throw new Error('\\n' + ${JSON.stringify(message)});`,
        'server.js': `require('native-lib');\n${server}`,
      },
    });
    await helps(copied, 'foreign-node-modules', /^Run npm ci$/);
  });

  it('for native-module builds it again (played: the package reports the message of Node until its install script ran)', async () => {
    const message = `The module '/shop/node_modules/native-lib/native_lib.node'
was compiled against a different Node.js version using
NODE_MODULE_VERSION 93. This version of Node.js requires
NODE_MODULE_VERSION 115. Please try re-compiling or re-installing`;
    const native = await situation({
      entry: { command: 'node server.js ${port}' },
      files: {
        'package.json': '{ "dependencies": { "native-lib": "1.0.0" } }',
        'node_modules/native-lib/package.json':
          '{ "name": "native-lib", "version": "1.0.0", "scripts": { "install": "node build.js" } }',
        'node_modules/native-lib/build.js': `require('node:fs').writeFileSync('built', '');`,
        'node_modules/native-lib/index.js': `if (!require('node:fs').existsSync(__dirname + '/built')) throw Object.assign(new Error(${JSON.stringify(message)}), { code: 'ERR_DLOPEN_FAILED' });`,
        'server.js': `require('native-lib');\n${server}`,
      },
    });
    await helps(native, 'native-module', /^Run npm rebuild$/);
  });

  it('for stale-pid-file deletes the file (played: the message of Rails), unless its server is running', async () => {
    const rails = `import os, sys
if os.path.exists('tmp/server.pid'):
    print(f"A server is already running (pid: {open('tmp/server.pid').read()}, file: {os.path.abspath('tmp/server.pid')}).\\nExiting"); sys.exit(1)
import http.server
http.server.test(HandlerClass=http.server.SimpleHTTPRequestHandler, port=int(sys.argv[1]), bind='127.0.0.1')
`;
    const entry = { command: 'exec $PYTHON bin/rails ${port}' };
    const stale = await situation({ entry, files: { 'bin/rails': rails, 'tmp/server.pid': '999999999' } });
    await helps(stale, 'stale-pid-file', /^Delete server\.pid$/);

    const file = join(stale.folder, 'tmp/server.pid');
    const isRemoved = (): Promise<boolean> => removePidFile(file, 'rails server', createProcessTable());
    stale.write('tmp/server.pid', String(stale.pid));
    assert.equal(await isRemoved(), false, 'its server is running');
    stale.write('tmp/server.pid', 'nonsense');
    assert.equal(await isRemoved(), false, 'it names no process');
    stale.write('tmp/server.pid', String(process.pid));
    assert.equal(await isRemoved(), true, 'its pid is another program now');
  });

  it('for migrations-pending runs them (played: the message and the command of Django)', async () => {
    const files = {
      'manage.py': `import sqlite3\nsqlite3.connect('db.sqlite3').execute('create table shop_item (id)')\n`,
      'main.py': `import sqlite3, sys, http.server
try: sqlite3.connect('db.sqlite3').execute('select * from shop_item')
except sqlite3.OperationalError as error:
    print(f'django.db.utils.OperationalError: {error}'); sys.exit(1)
http.server.test(HandlerClass=http.server.SimpleHTTPRequestHandler, port=int(sys.argv[1]), bind='127.0.0.1')
`,
    };
    await helps(
      await situation({ entry: { command: '/usr/bin/python3 main.py ${port}' }, files }),
      'migrations-pending',
      /manage\.py migrate$/,
    );
  });

  it('for database-missing creates it (played: psql and createdb)', async () => {
    const files = {
      'tools/createdb': '#!/bin/sh\ntouch "$1"\n',
      'server.js': `if (!require('node:fs').existsSync('shop')) throw new Error('FATAL: database "shop" does not exist');\n${server}`,
    };
    const missing = await situation({
      entry: { command: 'node server.js ${port}' },
      files,
      executable: ['tools/createdb'],
      env: { PATH: `tools:${process.env['PATH'] ?? ''}` },
    });
    await helps(missing, 'database-missing', /^Run createdb shop$/);
  });

  it('for database-login opens the variable with the address (played)', async () => {
    const login = await situation({
      entry: { command: 'node server.js' },
      files: {
        '.env': 'PORT=1\nDATABASE_URL=postgres://shop:wrong@localhost:5432/shop\n',
        'server.js': `throw new Error('password authentication failed for user "shop"');`,
      },
    });
    await login.start();
    await login.ended();
    const { actions } = await login.verdict('database-login');
    assert.deepEqual(actions[0]?.arguments?.slice(0, 2), [join(login.folder, '.env'), 2]);
  });

  it('for docker-not-running starts the daemon, and the service can be started again then', async () => {
    const docker = await situation({
      entry: { command: 'docker run --rm nginx' },
      // Played where Docker is not installed.
      files: {
        'tools/docker': `#!/bin/sh\necho "docker: Cannot connect to the Docker daemon at $DOCKER_HOST. Is the docker daemon running?"\nexit 125\n`,
      },
      executable: ['tools/docker'],
      env: { PATH: `${process.env['PATH'] ?? ''}:tools`, DOCKER_HOST: 'unix:///nowhere.sock' },
    });
    await docker.start();
    await docker.ended();
    const { actions } = await docker.verdict('docker-not-running');
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Run sudo systemctl start docker', 'Start', 'Show Terminal'],
    );
  });
});
