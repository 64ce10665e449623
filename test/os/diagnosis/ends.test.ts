/** Services that have exited, each for a reason that follows from its output, its port or its folder. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeScratch, removeScratch } from '../../support/scratch';
import { Cleanup } from '../support/cleanup';
import { git } from '../support/git';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { failed, service as serviceOf } from '../../unit/core/views/samples';
import { asgi, healthy } from './programs';
import { at, codesOf, describe as describeService, ended, listens, run, stopped, expectVerdict, until200, verdicts } from './rig';

const uvicorn = (port: number, ...args: readonly string[]): string =>
  `exec "$PYTHON" -m uvicorn main:app --port ${[port, ...args].join(' ')}`;

describe('diagnosis of services that are down', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('reports not-running for a stopped service', async () => {
    const service = { ...serviceOf(stopped), spec: describeService('/', await freePort()) };
    assert.deepEqual(codesOf(await verdicts(service, [])), ['not-running']);
  });

  it('shows the error of a crash, and opens its location', async () => {
    const port = await freePort();
    const crashed = await run(
      { command: 'exec "$PYTHON" main.py', files: { 'main.py': 'x = 1\nprint(x / 0)\n' }, port },
      cleanup,
    );
    const found = await verdicts(await ended(crashed), crashed.output());
    assert.deepEqual(codesOf(found), ['crashed']);
    assert.match(found[0]?.title ?? '', /ZeroDivisionError: division by zero/);
    assert.deepEqual(found[0]?.actions[0]?.arguments, [join(crashed.started.folder, 'main.py'), 2, 1]);
  });

  it('opens the location of a syntax error that uvicorn prints', async () => {
    const port = await freePort();
    const broken = await run({ command: uvicorn(port), files: { 'main.py': 'x = 1\ndef app(:\n' }, port }, cleanup);
    const found = await verdicts(await ended(broken), broken.output());
    assert.deepEqual(codesOf(found), ['syntax-error']);
    assert.deepEqual(found[0]?.actions[0]?.arguments, [join(broken.started.folder, 'main.py'), 2, 1]);
  });

  it('reports a reloader whose server has crashed, and opens the location of the error', async () => {
    const port = await freePort();
    const main = 'raise RuntimeError("no model")\n';
    const alone = await run(
      { command: uvicorn(port, '--reload'), files: { 'main.py': main }, port, config: { command: 'uvicorn main:app --reload' } },
      cleanup,
    );
    await until('the worker has crashed', () => alone.output().some((line) => line.includes('RuntimeError: no model')), 30_000);
    const found = await verdicts(alone.service, alone.output());
    const verdict = expectVerdict('reloader-alone', found);
    assert.deepEqual(verdict.actions[0]?.arguments, [join(alone.started.folder, 'main.py'), 1, 1]);
  });

  it('reports a missing module, how to install it, and which interpreter has it', async () => {
    const port = await freePort();
    const recipe = {
      command: '"$PYTHON" main.py',
      files: { 'main.py': 'import no_such_module_here\n', 'requirements.txt': 'no_such_module_here\n' },
      port,
    };
    const missing = await run(recipe, cleanup);
    mkdirSync(join(missing.started.folder, '.venv/lib/python3.11/site-packages/no_such_module_here'), { recursive: true });
    const found = await verdicts(await ended(missing), missing.output());
    assert.deepEqual(codesOf(found), ['missing-dependency']);
    // Where the system refuses pip for its own Python, the environment beside the code would be used: it has the module.
    const versions = existsSync('/usr/lib') ? readdirSync('/usr/lib') : [];
    const isManaged = versions.some(
      (each) => each.startsWith('python3.') && existsSync(join('/usr/lib', each, 'EXTERNALLY-MANAGED')),
    );
    const install = { command: 'serviceLifecycle.runInTerminal', first: 'python3 -m pip install -r requirements.txt' };
    const [first] = found[0]?.actions ?? [];
    assert.deepEqual(
      { command: first?.command, first: first?.arguments?.[0] },
      isManaged ? { command: 'serviceLifecycle.openConfig', first: 'backend' } : install,
    );
    assert.match(found[0]?.detail ?? '', /\.venv\/bin\/python/);
  });

  it('reports that node_modules is missing', async () => {
    const port = await freePort();
    const files = {
      'package.json': '{ "dependencies": { "left-pad": "1" } }',
      'server.js': 'require("left-pad")',
      'pnpm-lock.yaml': '',
    };
    const missing = await run({ command: '"$NODE" server.js', files, port, config: { command: 'node server.js' } }, cleanup);
    const found = await verdicts(await ended(missing), missing.output());
    assert.deepEqual(codesOf(found), ['missing-dependency']);
    assert.match(found[0]?.title ?? '', /left-pad is not installed: node_modules is missing/);
    assert.deepEqual(found[0]?.actions[0]?.arguments, ['pnpm install', missing.started.folder]);
  });

  it('reports a missing command and a missing variable', async () => {
    const port = await freePort();
    const command = await run({ command: 'no-such-command-here', port }, cleanup);
    assert.deepEqual(codesOf(await verdicts(await ended(command), command.output())), ['missing-command']);
    const main = 'import os\nos.environ["NO_SUCH_VARIABLE"]\n';
    const variable = await run(
      { command: 'exec "$PYTHON" main.py', files: { 'main.py': main, '.env.example': 'NO_SUCH_VARIABLE=\n' }, port },
      cleanup,
    );
    const found = await verdicts(await ended(variable), variable.output());
    assert.deepEqual(codesOf(found), ['missing-env']);
    assert.match(found[0]?.title ?? '', /NO_SUCH_VARIABLE/);
  });

  it('reports a database that is down only while nothing is listening on its port', async () => {
    const [port, database] = [await freePort(), await freePort()];
    const main = `import asyncio\nasyncio.run(asyncio.open_connection('127.0.0.1', ${database}))\n`;
    const service = await run({ command: 'exec "$PYTHON" main.py', files: { 'main.py': main }, port }, cleanup);
    const down = await ended(service);
    const found = await verdicts(down, service.output());
    assert.deepEqual(codesOf(found), ['dependency-down']);
    assert.match(found[0]?.title ?? '', new RegExp(`127\\.0\\.0\\.1:${database}, but nothing is listening there`));
    await run({ command: `exec "$PYTHON" server.py ${database}`, files: { 'server.py': healthy }, port: database }, cleanup);
    await listens(database);
    assert.deepEqual(codesOf(await verdicts(down, service.output())), ['crashed']);
  });

  it('explains proxy errors by the crashed service behind the proxy, in one finding', async () => {
    const [port, backendPort] = [await freePort(), await freePort()];
    const files = {
      'server.py': healthy,
      'vite.config.js': `export default { server: { proxy: { '/api': 'http://localhost:${backendPort}' } } }`,
    };
    const frontend = await run(
      { command: `exec "$PYTHON" server.py ${port}`, files, port, config: { id: 'frontend', key: 'frontend', role: 'frontend' } },
      cleanup,
    );
    await until200(port);
    const spec = describeService(join(frontend.started.folder, 'backend'), backendPort);
    const backend = at({ ...frontend.service, spec }, failed({ kind: 'crashed', end: { exitCode: 1 }, beforeReady: false }));
    const found = await verdicts(
      frontend.service,
      ['[vite] http proxy error: /api', `Error: connect ECONNREFUSED 127.0.0.1:${backendPort}`],
      [backend],
    );
    assert.deepEqual(codesOf(found), ['dependency-down']);
    assert.match(found[0]?.title ?? '', /frontend cannot reach backend, which is not running/);
    assert.deepEqual(found[0]?.actions[0]?.arguments, ['backend']);
  });

  it('names the process on the port, after a failed start and before a start', async () => {
    const port = await freePort();
    const other = await run({ command: uvicorn(port), files: { 'main.py': asgi }, port }, cleanup);
    await until200(port);
    const refused = await run({ command: uvicorn(port), files: { 'main.py': asgi }, port }, cleanup);
    const down = await ended(refused);
    const found = await verdicts(down, refused.output());
    assert.deepEqual(codesOf(found), ['address-in-use']);
    assert.deepEqual(found[0]?.actions[0]?.arguments, [{ ...other.started.root.process }]);
    const idle = await verdicts(at(down, stopped), []);
    assert.deepEqual(codesOf(idle), ['foreign-owner']);
    assert.match(idle[0]?.title ?? '', new RegExp(`pid ${other.started.root.process.pid} `));
  });

  for (const [what, copy] of [
    ['a second worktree', (from: string, to: string) => void git(from, 'worktree', 'add', '-b', 'feature', to)],
    ['a clone', (from: string, to: string) => void git(from, 'clone', from, to)],
    ['a copied folder', (from: string, to: string) => void execFileSync('cp', ['-r', from, to])],
  ] as const) {
    it(`reports that ${what} of the repository serves the port`, async () => {
      const scratch = await makeScratch('checkout');
      cleanup.add(() => removeScratch(scratch));
      const [own, other] = [join(scratch, 'shop'), join(scratch, 'shop-copy')];
      mkdirSync(own);
      writeFileSync(join(own, 'server.py'), healthy);
      git(own, 'init', '-q', '-b', 'main');
      git(own, 'add', '.');
      git(own, 'commit', '-q', '-m', 'Start');
      copy(own, other);
      const port = await freePort();
      await run({ command: `cd '${other}' && exec "$PYTHON" server.py ${port}`, port }, cleanup);
      await until200(port);
      const service = { ...serviceOf(stopped), spec: describeService(own, port) };
      const found = await verdicts(service, []);
      const verdict = expectVerdict('wrong-checkout', found);
      assert.ok(verdict.title.includes(other));
      assert.ok(verdict.actions.some(({ command }) => command === 'serviceLifecycle.useFreePort'));
      // The same program in this copy is left over from an earlier run; it is not another copy.
      const twin = { ...service, spec: describeService(other, port) };
      assert.deepEqual(codesOf(await verdicts(twin, [])), ['foreign-owner']);
      // Nor is it one through a link to its folder.
      const link = join(scratch, 'link');
      symlinkSync(other, link);
      const linked = { ...service, spec: describeService(link, port) };
      assert.deepEqual(codesOf(await verdicts(linked, [])), ['foreign-owner']);
    });
  }
});
