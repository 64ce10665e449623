/** Missing modules with real Python and Node: the first action is performed, and the service works. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { python } from '../support/services';
import { asgi } from '../diagnosis/programs';
import { registryOf } from './registry';
import { makeFolder } from '../../support/scratch';
import { Situation } from './situation';
import type { Layout } from './situation';

const serve = `
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header('Content-Length', '2'); self.end_headers(); self.wfile.write(b'ok')
    def log_message(self, *args): pass
def run(): http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
`;

/** A package as pip finds it without a network: a wheel is a zip file. */
const wheel = `
import sys, zipfile
name, folder = sys.argv[1:]
info = f'{name}-1.0.dist-info'
with zipfile.ZipFile(f'{folder}/{name}-1.0-py3-none-any.whl', 'w') as file:
    file.writestr(f'{name}.py', 'value = 1')
    file.writestr(f'{info}/METADATA', f'Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n')
    file.writestr(f'{info}/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    file.writestr(f'{info}/RECORD', '')
`;

describe('the first action for a missing module', function () {
  this.timeout(120_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());
  const situation = async (layout: Omit<Layout, 'port'>): Promise<Situation> =>
    new Situation({ ...layout, port: await freePort() }, cleanup);

  const scratch = (): string => {
    const folder = makeFolder('first-action');
    cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };

  const fixed = async (found: Situation, code: 'wrong-folder' | 'missing-dependency', title: RegExp): Promise<void> => {
    await found.start();
    await found.ended();
    const { actions } = await found.verdict(code);
    assert.ok(!JSON.stringify(actions).includes('pip install store'));
    assert.match(actions[0]?.title ?? '', title);
    await found.perform(actions[0]);
  };

  it('adds the folder of the workspace to PYTHONPATH', async () => {
    const store = await situation({
      entry: { command: '$PYTHON api/main.py ${port}', cwd: 'store' },
      files: { 'store/__init__.py': '', 'store/db.py': serve, 'store/api/main.py': 'from store.db import run\nrun()\n' },
    });
    await fixed(store, 'wrong-folder', /PYTHONPATH/);
    await store.works();
  });

  it('corrects cwd for a module that the command names', async () => {
    const app = await situation({
      entry: { command: '$PYTHON -m uvicorn app.main:app --port ${port}' },
      files: { 'server/app/__init__.py': '', 'server/app/main.py': asgi },
    });
    await fixed(app, 'wrong-folder', /cwd/);
    await app.works();
  });

  for (const [how, files] of [
    ['makes a virtual environment where the system refuses pip', {}],
    ['uses the virtual environment that is there', { venv: true }],
  ] as const) {
    it(how, async () => {
      const folder = scratch();
      execFileSync(python, ['-c', wheel, 'shoptools', folder]);
      const main = await situation({
        entry: { command: '/usr/bin/python3 main.py ${port}' },
        files: { 'main.py': `import shoptools\n${serve}\nrun()\n` },
        env: { PIP_NO_INDEX: '1', PIP_FIND_LINKS: folder },
      });
      if ('venv' in files) execFileSync('/usr/bin/python3', ['-m', 'venv', join(main.folder, '.venv')]);
      await fixed(main, 'missing-dependency', 'venv' in files ? /^Run \.venv/ : /-m venv \.venv/);
      // The module is there now, and the command has to use it.
      await main.start();
      await main.ended();
      const second = await main.verdict('missing-dependency');
      assert.match(second.actions[0]?.title ?? '', /^Use .*\.venv\/bin\/python$/);
      await main.perform(second.actions[0]);
      await main.works();
    });
  }

  const listens = `require('node:http').createServer((q, r) => r.end('ok')).listen(+process.argv[2], '127.0.0.1');`;

  const lib = { 'package.json': '{ "name": "shop-lib", "version": "1.0.0", "main": "index.js" }', 'index.js': '' };
  const server = { 'server.js': `require('shop-lib');\n${listens}` };
  const quiet = { npm_config_audit: 'false', npm_config_update_notifier: 'false', npm_config_fund: 'false' };

  it('installs what package.json lists', async () => {
    const web = await situation({
      entry: { command: 'node server.js ${port}' },
      files: {
        'package.json': '{ "dependencies": { "shop-lib": "file:../lib" } }',
        '../lib/package.json': lib['package.json'],
        '../lib/index.js': '',
        ...server,
      },
      env: { ...quiet, npm_config_offline: 'true' },
    });
    await fixed(web, 'missing-dependency', /^Run npm install$/);
    await web.works();
  });

  it('adds what package.json does not list, from the registry', async () => {
    const web = await situation({
      entry: { command: 'node server.js ${port}' },
      files: { 'package.json': '{ "dependencies": {} }', ...server },
      env: { ...quiet, npm_config_registry: await registryOf(lib, cleanup), npm_config_cache: scratch() },
    });
    await fixed(web, 'missing-dependency', /^Run npm install shop-lib$/);
    await web.works();
  });

  it('opens package.json for a package of the workspace that no workspaces include', async () => {
    const web = await situation({
      entry: { command: 'node server.js ${port}' },
      files: {
        'package.json': '{ "dependencies": { "shop-lib": "1" } }',
        'lib/package.json': lib['package.json'],
        ...server,
      },
    });
    await web.start();
    await web.ended();
    const { actions } = await web.verdict('missing-dependency');
    assert.deepEqual(actions[0]?.arguments?.[0], join(web.folder, 'package.json'));
  });

  it('links the packages of the workspace', async () => {
    const web = await situation({
      entry: { command: 'node server.mjs ${port}', cwd: 'apps/web' },
      files: {
        'package.json': '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
        'apps/web/package.json': '{ "name": "web", "version": "1.0.0", "dependencies": { "@shop/ui": "*" } }',
        'apps/web/server.mjs': `import '@shop/ui';\nimport { createServer } from 'node:http';\ncreateServer((q, r) => r.end('ok')).listen(+process.argv[2], '127.0.0.1');`,
        'packages/ui/package.json': '{ "name": "@shop/ui", "version": "1.0.0", "main": "index.js" }',
        'packages/ui/index.js': '',
      },
      env: { ...quiet, npm_config_offline: 'true' },
    });
    await fixed(web, 'missing-dependency', /^Run npm install$/);
    await web.works();
  });
});
