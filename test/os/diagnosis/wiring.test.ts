/** Services whose files have addresses that do not match the other services. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Service } from '../../../src/core/lifecycle/state';
import { isAlive } from '../../support/processes';
import { makeScratch, removeScratch } from '../../support/scratch';
import { Cleanup } from '../support/cleanup';
import { git } from '../support/git';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { failed } from '../../unit/core/views/samples';
import { healthy, viteProgram } from './programs';
import { at, codesOf, describe as describeService, ended, listens, run, stopped, expectVerdict, until200, verdicts } from './rig';

describe('diagnosis of wrong addresses in files', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  /** Creates a workspace folder with these files. */
  const inWorkspace = async (files: Readonly<Record<string, string>>) => {
    const folder = await makeScratch('wiring');
    cleanup.add(() => removeScratch(folder));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  };

  /** Starts a service in its folder of the workspace. */
  const serving = async (folder: string, key: 'backend' | 'frontend', { port, command }: Server): Promise<Running> => {
    const config = { id: key, key, role: key } as const;
    const started = await run({ command: `cd '${join(folder, key)}'\n${command}`, port, config }, cleanup);
    await until200(port, 'localhost');
    const spec = describeService(folder, port, { ...config, cwd: key, command });
    return { service: { ...started.service, spec }, output: started.output, pid: started.started.root.process.pid };
  };

  const vite = (port: number): Server => ({ port, command: `exec "$NODE" ${viteProgram} --port ${port} --strictPort` });
  const python = (port: number): Server => ({ port, command: `exec "$PYTHON" server.py ${port}` });

  const viteConfig = (backendPort: number): string =>
    `import { tmpdir } from 'node:os';\nexport default { cacheDir: tmpdir() + '/vite-' + process.pid, server: { proxy: { '/api': 'http://127.0.0.1:${backendPort}' } } };\n`;

  it('reports that the proxy reaches the server of another worktree, and nothing once it is the own one', async () => {
    const [port, backendPort] = [await freePort(), await freePort()];
    const folder = await inWorkspace({
      'frontend/index.html': '<title>Shop</title>',
      'frontend/vite.config.mjs': viteConfig(backendPort),
      'backend/server.py': healthy,
    });
    const other = `${folder}-feature`;
    cleanup.add(() => removeScratch(other));
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', 'Start');
    git(folder, 'worktree', 'add', '-b', 'feature', other);
    const frontend = await serving(folder, 'frontend', vite(port));
    const theirs = await serving(other, 'backend', python(backendPort));
    const spec = describeService(folder, backendPort, { id: 'backend', key: 'backend', role: 'backend', cwd: 'backend' });
    const backend = { ...theirs.service, spec, state: at(theirs.service, stopped).state };
    const verdict = expectVerdict('stale-worktree-api', await verdicts(frontend.service, frontend.output(), [backend]));
    assert.ok(verdict.title.includes(`${other} (branch feature)`), verdict.title);
    assert.equal(verdict.actions[0]?.title, 'Diagnose backend');
    process.kill(theirs.pid, 'SIGKILL');
    await until('the server of the worktree is gone', () => !isAlive(theirs.pid));
    const own = await serving(folder, 'backend', python(backendPort));
    assert.deepEqual(await verdicts(frontend.service, frontend.output(), [own.service]), []);
  });

  it('reports dependency-down for a Vite proxy whose backend is killed, and crashed for the backend', async () => {
    const [port, backendPort] = [await freePort(), await freePort()];
    const folder = await inWorkspace({
      'frontend/index.html': '<title>Shop</title>',
      'frontend/vite.config.mjs': viteConfig(backendPort),
      'backend/server.py': healthy,
    });
    const frontend = await serving(folder, 'frontend', vite(port));
    const backend = await serving(folder, 'backend', python(backendPort));
    assert.equal((await fetch(`http://localhost:${port}/api/items`)).status, 200);
    assert.deepEqual(await verdicts(frontend.service, frontend.output(), [backend.service]), []);
    process.kill(backend.pid, 'SIGKILL');
    await until('the backend is gone', () => !isAlive(backend.pid));
    assert.ok((await fetch(`http://localhost:${port}/api/items`)).status >= 500);
    assert.match(frontend.output().join('\n'), /http proxy error: \/api\/items/);
    const dead = at(backend.service, failed({ kind: 'crashed', end: { exitCode: 1 }, beforeReady: false }));
    const found = await verdicts(frontend.service, frontend.output(), [dead]);
    assert.deepEqual(codesOf(found), ['dependency-down']);
    assert.match(expectVerdict('dependency-down', found).title, /^frontend cannot reach backend, which is not running/);
    assert.deepEqual(codesOf(await verdicts(dead, [], [frontend.service])), ['crashed']);
  });

  it('reports proxy-mismatch for a Vite proxy to an unused port, and nothing when it points to the backend', async () => {
    const [port, backendPort, unused] = [await freePort(), await freePort(), await freePort()];
    const folder = await inWorkspace({
      'frontend/index.html': '<title>Shop</title>',
      'frontend/vite.config.mjs': viteConfig(unused),
      'backend/server.py': healthy,
    });
    const backend = await serving(folder, 'backend', python(backendPort));
    const frontend = await serving(folder, 'frontend', vite(port));
    const verdict = expectVerdict('proxy-mismatch', await verdicts(frontend.service, frontend.output(), [backend.service]));
    assert.deepEqual(verdict.actions[0]?.arguments?.slice(0, 2), [join(folder, 'frontend/vite.config.mjs'), 2]);
    writeFileSync(join(folder, 'frontend/vite.config.mjs'), viteConfig(backendPort));
    // Vite restarts its server with the new file, and does not listen meanwhile.
    let left: unknown;
    const isOver = async (): Promise<boolean> => {
      const found = await verdicts(frontend.service, frontend.output(), [backend.service]);
      left = codesOf(found);
      return found.length === 0;
    };
    await until('nothing is found', isOver).catch(() => assert.deepEqual(left, []));
  });

  it('reports env-mismatch for a browser variable with an unused port, and nothing when it is corrected', async () => {
    const [port, backendPort, unused] = [await freePort(), await freePort(), await freePort()];
    const env = (to: number): string => `VITE_API_URL=http://localhost:${to}\n`;
    const folder = await inWorkspace({
      'frontend/server.py': healthy,
      'frontend/.env': env(unused),
      'backend/server.py': healthy,
    });
    const backend = await serving(folder, 'backend', python(backendPort));
    const frontend = await serving(folder, 'frontend', python(port));
    expectVerdict('env-mismatch', await verdicts(frontend.service, frontend.output(), [backend.service]));
    writeFileSync(join(folder, 'frontend/.env'), env(backendPort));
    assert.deepEqual(await verdicts(frontend.service, frontend.output(), [backend.service]), []);
  });

  it('reports cors-origin on both services for a list with another origin, and nothing when it has the right one', async () => {
    const [port, backendPort, other] = [await freePort(), await freePort(), await freePort()];
    const app = (origin: number): string => `from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["http://localhost:${origin}"])


@app.get("/")
def index():
    return "ok"
`;
    const folder = await inWorkspace({ 'frontend/server.py': healthy, 'backend/main.py': app(other) });
    const uvicorn = { port: backendPort, command: `exec "$PYTHON" -m uvicorn main:app --port ${backendPort}` };
    const backend = await serving(folder, 'backend', uvicorn);
    const frontend = await serving(folder, 'frontend', python(port));
    const both = async () => [
      await verdicts(backend.service, backend.output(), [frontend.service]),
      await verdicts(frontend.service, frontend.output(), [backend.service]),
    ];
    for (const found of await both()) expectVerdict('cors-origin', found);
    writeFileSync(join(folder, 'backend/main.py'), app(port));
    assert.deepEqual(await both(), [[], []]);
  });

  it('reports compose-port for an address with the port inside the container (a plain server simulates the container)', async () => {
    const [port, inside, published] = [await freePort(), await freePort(), await freePort()];
    const compose = `services:\n  db:\n    image: postgres:16\n    ports:\n      - "${published}:${inside}"\n`;
    await run({ command: `exec "$PYTHON" server.py ${published}`, files: { 'server.py': healthy }, port: published }, cleanup);
    await listens(published);
    const connects = (to: number) => ({
      command: 'exec "$PYTHON" main.py',
      files: {
        'compose.yaml': compose,
        '.env': `DATABASE_URL=postgres://shop:shop@localhost:${to}/shop\n`,
        'main.py': `import socket, time\nsocket.create_connection(('127.0.0.1', ${to}))\nimport http.server\nhttp.server.HTTPServer(('127.0.0.1', ${port}), http.server.SimpleHTTPRequestHandler).serve_forever()\n`,
      },
      port,
    });
    const lost = await run(connects(inside), cleanup);
    expectVerdict('compose-port', await verdicts(await ended(lost), lost.output()));
    const right = await run(connects(published), cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(right.service, right.output()), []);
  });

  it('reports not-running for a service that was not started, and nothing for a frontend that does not need it', async () => {
    const [port, backendPort] = [await freePort(), await freePort()];
    const folder = await inWorkspace({ 'frontend/server.py': healthy, 'backend/server.py': healthy });
    const frontend = await serving(folder, 'frontend', python(port));
    const backend = { ...at(frontend.service, stopped), spec: describeService(folder, backendPort, { cwd: 'backend' }) };
    expectVerdict('not-running', await verdicts(backend, [], [frontend.service]));
    assert.deepEqual(await verdicts(frontend.service, frontend.output(), [backend]), []);
  });
});

interface Server {
  readonly port: number;
  readonly command: string;
}

interface Running {
  readonly service: Service;
  readonly output: () => readonly string[];
  readonly pid: number;
}
