/** Services that run and lead nowhere: what their files name is not where the others are. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Service } from '../../../src/core/lifecycle/state';
import { isAlive } from '../../support/processes';
import { repositoryRoot } from '../../support/repository';
import { makeScratch, removeScratch } from '../../support/scratch';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { failed } from '../../unit/core/views/samples';
import { healthy } from './programs';
import { at, codesOf, describe as describeService, ended, listens, run, stopped, tells, until200, verdicts } from './rig';

describe('diagnosis of what leads nowhere', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  /** The workspace, and a service with a part of it as its folder. */
  const inWorkspace = async (files: Readonly<Record<string, string>>) => {
    const folder = await makeScratch('wiring');
    cleanup.add(() => removeScratch(folder));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  };

  /** One that really runs, in its folder of the workspace. */
  const serving = async (folder: string, key: 'backend' | 'frontend', { port, command }: Server): Promise<Running> => {
    const words = { id: key, key, role: key } as const;
    const started = await run({ command: `cd '${join(folder, key)}'\n${command}`, port, words }, cleanup);
    await until200(port, 'localhost');
    const spec = describeService(folder, port, { ...words, cwd: key, command });
    return { service: { ...started.service, spec }, output: started.output, pid: started.started.root.process.pid };
  };

  const vite = (port: number): Server => ({ port, command: `exec "$NODE" ${viteProgram} --port ${port} --strictPort` });
  const python = (port: number): Server => ({ port, command: `exec "$PYTHON" server.py ${port}` });

  const viteConfig = (backendPort: number): string =>
    `import { tmpdir } from 'node:os';\nexport default { cacheDir: tmpdir() + '/vite-' + process.pid, server: { proxy: { '/api': 'http://127.0.0.1:${backendPort}' } } };\n`;

  it('dependency-down: a proxy of a real Vite, whose backend is dead, is one verdict on either', async () => {
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
    assert.match(tells('dependency-down', found).title, /^frontend cannot reach backend, which is not running/);
    assert.deepEqual(codesOf(await verdicts(dead, [], [frontend.service])), ['crashed']);
  });

  it('proxy-mismatch: the proxy of a real Vite leads past the backend; and nothing once it leads there', async () => {
    const [port, backendPort, nobody] = [await freePort(), await freePort(), await freePort()];
    const folder = await inWorkspace({
      'frontend/index.html': '<title>Shop</title>',
      'frontend/vite.config.mjs': viteConfig(nobody),
      'backend/server.py': healthy,
    });
    const backend = await serving(folder, 'backend', python(backendPort));
    const frontend = await serving(folder, 'frontend', vite(port));
    const verdict = tells('proxy-mismatch', await verdicts(frontend.service, frontend.output(), [backend.service]));
    assert.deepEqual(verdict.actions[0]?.arguments?.slice(0, 2), [join(folder, 'frontend/vite.config.mjs'), 2]);
    writeFileSync(join(folder, 'frontend/vite.config.mjs'), viteConfig(backendPort));
    assert.deepEqual(await verdicts(frontend.service, frontend.output(), [backend.service]), []);
  });

  it('env-mismatch: a variable for the browser names a port that nobody has; and nothing once it is corrected', async () => {
    const [port, backendPort, nobody] = [await freePort(), await freePort(), await freePort()];
    const env = (to: number): string => `VITE_API_URL=http://localhost:${to}\n`;
    const folder = await inWorkspace({
      'frontend/server.py': healthy,
      'frontend/.env': env(nobody),
      'backend/server.py': healthy,
    });
    const backend = await serving(folder, 'backend', python(backendPort));
    const frontend = await serving(folder, 'frontend', python(port));
    tells('env-mismatch', await verdicts(frontend.service, frontend.output(), [backend.service]));
    writeFileSync(join(folder, 'frontend/.env'), env(backendPort));
    assert.deepEqual(await verdicts(frontend.service, frontend.output(), [backend.service]), []);
  });

  it('cors-origin: the backend admits another origin, told on both; and nothing once it admits the right one', async () => {
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
    for (const found of await both()) tells('cors-origin', found);
    writeFileSync(join(folder, 'backend/main.py'), app(port));
    assert.deepEqual(await both(), [[], []]);
  });

  it('compose-port: a service asks the port inside the container (a plain server stands for the container)', async () => {
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
    tells('compose-port', await verdicts(await ended(lost), lost.output()));
    const right = await run(connects(published), cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(right.service, right.output()), []);
  });

  it('not-running: nobody started it; and nothing of a frontend beside it that does not need it', async () => {
    const [port, backendPort] = [await freePort(), await freePort()];
    const folder = await inWorkspace({ 'frontend/server.py': healthy, 'backend/server.py': healthy });
    const frontend = await serving(folder, 'frontend', python(port));
    const backend = { ...at(frontend.service, stopped), spec: describeService(folder, backendPort, { cwd: 'backend' }) };
    tells('not-running', await verdicts(backend, [], [frontend.service]));
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

const viteProgram = join(repositoryRoot, 'node_modules/vite/bin/vite.js');
