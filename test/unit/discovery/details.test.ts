/** Single decisions of discovery: interpreter, package manager, port, path and name. */
import assert from 'node:assert/strict';
import type { ProposedService } from '../../../src/core/addServices/proposal';
import { commandOf, optionOf, runsOf, splitWords } from '../../../src/discovery/command';
import { discover } from '../../../src/discovery/discover';
import { ofTexts } from './folder';

const fastapi = 'from fastapi import FastAPI\n\napp = FastAPI()\n';
const vite = (folder = '') => ({
  [`${folder}package.json`]: '{ "scripts": { "dev": "vite" }, "devDependencies": { "vite": "^6" } }',
});

async function only(texts: Record<string, string>, system: 'windows' | 'posix' = 'posix'): Promise<ProposedService> {
  const found = await discover(ofTexts(texts, system));
  const [service] = found;
  assert.ok(service !== undefined && found.length === 1, JSON.stringify(found));
  return service;
}

describe('discovery/python/interpreter', () => {
  const venv = 'home = /usr/bin\n';
  const cases: readonly (readonly [string, Record<string, string>, string])[] = [
    ['none', {}, 'python3'],
    ['.venv', { '.venv/pyvenv.cfg': venv }, '.venv/bin/python'],
    ['venv before a lock file', { 'venv/pyvenv.cfg': venv, 'poetry.lock': '' }, 'venv/bin/python'],
    ['uv', { 'uv.lock': '' }, 'uv run python'],
    ['uv by its table', { 'pyproject.toml': '[tool.uv]\ndev-dependencies = []\n' }, 'uv run python'],
    ['Poetry', { 'pyproject.toml': '[tool.poetry]\nname = "x"\n' }, 'poetry run python'],
    ['Pipenv', { Pipfile: '' }, 'pipenv run python'],
    ['PDM', { 'pdm.lock': '' }, 'pdm run python'],
    ['conda', { 'environment.yml': 'name: shop\n' }, 'conda run --no-capture-output -p ./.conda python'],
    ['conda in the folder', { '.conda/conda-meta/history': '' }, '.conda/bin/python'],
  ];
  for (const [name, texts, words] of cases) {
    it(`finds the interpreter: ${name}`, async () => {
      const { config } = await only({ 'main.py': fastapi, ...texts });
      assert.equal(config.command, `${words} -m uvicorn main:app --port \${port}`);
    });
  }

  it('names the environment of a folder above relative to the service, on Windows in a list, which needs no shell', async () => {
    const texts = { 'backend/main.py': fastapi, '.venv/pyvenv.cfg': venv };
    assert.equal((await only(texts)).config.command, '../.venv/bin/python -m uvicorn main:app --port ${port}');
    const windows = await only(texts, 'windows');
    const list = ['../.venv/Scripts/python.exe', '-m', 'uvicorn', 'main:app', '--port', '${port}'];
    assert.deepEqual(windows.config.command, list);
  });

  it('uses plain python on Windows', async () => {
    assert.equal(
      (await only({ 'manage.py': "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.b')" }, 'windows')).config.command,
      'python manage.py runserver ${port}',
    );
  });
});

describe('discovery/python/flask', () => {
  it('has --debug before run, because Flask 2.2.2 refuses it after run', async () => {
    const { config } = await only({ 'hello.py': 'from flask import Flask\n\napp = Flask(__name__)\n' });
    assert.equal(config.command, 'python3 -m flask --app hello --debug run --port ${port}');
  });
});

describe('the module of a Python app', () => {
  const cases: readonly (readonly [string, Record<string, string>, string | undefined, string])[] = [
    ['in a package', { 'api/app/__init__.py': '', 'api/app/main.py': fastapi }, 'api', 'app.main:app'],
    [
      'in a package that imports itself',
      { 'backend/main.py': `from backend.db import x\n${fastapi}` },
      undefined,
      'backend.main:app',
    ],
    ['beside a relative import', { 'api/app/main.py': `from .db import x\n${fastapi}` }, 'api', 'app.main:app'],
    [
      'with another name',
      { 'server.py': 'import fastapi\nweb: fastapi.FastAPI = fastapi.FastAPI(\n  title="x")\n' },
      undefined,
      'server:web',
    ],
    [
      'made by a factory elsewhere',
      {
        'core.py': 'from fastapi import FastAPI\ndef create_app():\n    return FastAPI()\n',
        'asgi.py': 'from core import create_app\napp = create_app()\n',
      },
      undefined,
      'asgi:app',
    ],
    ['wrapped by Socket.IO', { 'main.py': `${fastapi}asgi = socketio.ASGIApp(sio, app)\n` }, undefined, 'main:asgi'],
  ];
  for (const [name, texts, cwd, target] of cases) {
    it(`finds the module of an app: ${name}`, async () => {
      const { config } = await only(texts);
      assert.equal(config.cwd, cwd);
      assert.match(String(config.command), new RegExp(` -m uvicorn ${target} `));
    });
  }

  it('is not found in comments, docstrings and tests, nor in a factory with required arguments', async () => {
    const texts = {
      'main.py': '# app = FastAPI()\n',
      'app.py': '"""\napp = FastAPI()\n"""\n',
      'test_app.py': fastapi,
      'tests/main.py': fastapi,
      'factory.py': 'from fastapi import FastAPI\ndef create_app(settings):\n    return FastAPI()\n',
    };
    assert.deepEqual(await discover(ofTexts(texts)), []);
  });
});

describe('the health path of a Python server', () => {
  const withRouter = (include: string) => ({
    'main.py': `from routers import status\n${fastapi}${include}\n`,
    'routers/status.py':
      'from fastapi import APIRouter\nrouter = APIRouter(prefix="/ops")\n@router.get("/health")\ndef h(): ...\n',
  });

  it('contains the prefixes of its router', async () => {
    assert.equal((await only(withRouter('app.include_router(status.router, prefix="/api")'))).config.health, '/api/ops/health');
    assert.equal((await only(withRouter('app.include_router(status.router)'))).config.health, '/ops/health');
  });

  it('is left out when a prefix is computed', async () => {
    assert.equal((await only(withRouter('app.include_router(status.router, prefix=settings.API)'))).config.health, undefined);
  });

  it('is not taken from a path with a parameter, nor from the call of a client', async () => {
    const texts = { 'main.py': `${fastapi}@app.get("/items/{status}")\ndef a(): ...\n@client.get_or("/health")\n` };
    assert.equal((await only(texts)).config.health, undefined);
  });
});

describe('discovery/settle: ports and dependencies', () => {
  it('moves a default port that another service has', async () => {
    const found = await discover(
      ofTexts({
        'a/requirements.txt': '',
        'a/main.py': fastapi,
        'b/requirements.txt': '',
        'b/main.py': fastapi,
        ...vite('c/'),
        ...vite('d/'),
      }),
    );
    assert.deepEqual(
      found.map(({ id, config }) => [id, config.port]),
      [
        ['a', 8000],
        ['b', 8001],
        ['c', 5173],
        ['d', 5174],
      ],
    );
    assert.equal(found[3]?.config.command, 'npm run dev -- --port ${port}');
  });

  it('sets the environment variable of a service that takes its port from there', async () => {
    const cra = '{ "scripts": { "start": "react-scripts start" }, "dependencies": { "react-scripts": "5" } }';
    const found = await discover(ofTexts({ 'a/package.json': cra, 'b/package.json': cra }));
    assert.deepEqual(
      found.map(({ config }) => config.env?.['PORT']),
      [undefined, '3001'],
    );
  });

  it('leaves out the second of two equal written ports', async () => {
    const server = (port: number) => `const app = require('express')();\napp.listen(${port});\n`;
    const manifest = '{ "scripts": { "start": "node server.js" }, "dependencies": { "express": "4" } }';
    const found = await discover(
      ofTexts({
        'a/package.json': manifest,
        'a/server.js': server(4000),
        'b/package.json': manifest,
        'b/server.js': server(4000),
      }),
    );
    assert.deepEqual(
      found.map(({ config }) => config.port),
      [4000, undefined],
    );
    assert.ok(found[1]?.evidence.some((sentence) => sentence.includes('port 4000 is also that of a')));
  });

  it('gives the only backend without a port the one that the proxy of the frontend uses', async () => {
    const config = "export default { server: { proxy: { '/api': 'http://localhost:8123' } } }";
    const found = await discover(ofTexts({ 'backend/main.py': fastapi, ...vite('web/'), 'web/vite.config.js': config }));
    assert.deepEqual(
      found.map(({ config: { port, dependsOn } }) => [port, dependsOn]),
      [
        [8123, undefined],
        [5173, ['backend']],
      ],
    );
  });

  it('ignores allowed origins, and closes no circle of dependencies', async () => {
    const main = `${fastapi}app.add_middleware(CORSMiddleware, allow_origins=["http://localhost:5173"])\nwebsite = "http://localhost:5173"\n`;
    const found = await discover(
      ofTexts({ 'backend/main.py': main, ...vite('web/'), 'web/.env': 'VITE_API=http://127.0.0.1:8000/api' }),
    );
    assert.deepEqual(
      found.map(({ id, config }) => [id, config.dependsOn]),
      [
        ['backend', undefined],
        ['web', ['backend']],
      ],
    );
    const node = (port: number, other: number) => ({
      'package.json': '{ "scripts": { "start": "node server.js" } }',
      'server.js': `require('http').createServer().listen(${port});\nconst url = 'http://localhost:${other}';\n`,
    });
    const [a, b] = [node(4001, 4002), node(4002, 4001)];
    const both = await discover(
      ofTexts({
        'a/package.json': a['package.json'],
        'a/server.js': a['server.js'],
        'b/package.json': b['package.json'],
        'b/server.js': b['server.js'],
      }),
    );
    assert.deepEqual(
      both.map(({ id, config }) => [id, config.dependsOn]),
      [
        ['a', ['b']],
        ['b', undefined],
      ],
    );
  });
});

describe('discovery/node/packages', () => {
  const cases: readonly (readonly [string, Record<string, string>, string])[] = [
    ['npm without a lock file', {}, 'npm run dev'],
    ['pnpm', { 'pnpm-lock.yaml': '' }, 'pnpm run dev'],
    ['Yarn of the workspace above', { 'yarn.lock': '' }, 'yarn dev'],
    ['Bun', { 'bun.lockb': '' }, 'bun run dev'],
    ['the nearest lock file', { 'yarn.lock': '', 'web/package-lock.json': '{}' }, 'npm run dev'],
    ['Corepack', { 'package.json': '{ "packageManager": "pnpm@9.1.0" }' }, 'pnpm run dev'],
  ];
  for (const [name, texts, command] of cases) {
    it(`finds the package manager: ${name}`, async () => {
      assert.equal((await only({ ...vite('web/'), ...texts })).config.command, command);
    });
  }
});

describe('discovery/command', () => {
  it('splits a line like a shell', () => {
    assert.deepEqual(splitWords(`a "b c" 'd e' f\\ g h="i j"&&k;l`), ['a', 'b c', 'd e', 'f g', 'h=i j', '&&', 'k', ';', 'l']);
    assert.deepEqual(splitWords('"unclosed'), ['unclosed']);
  });

  it('returns the programs with their variables and folders', () => {
    assert.deepEqual(runsOf('cd web && cross-env PORT=1 npx next dev -p 2'), [
      { env: { PORT: '1' }, cd: 'web', words: ['next', 'dev', '-p', '2'] },
    ]);
    assert.deepEqual(
      runsOf('dotenv -e .env -- node a.js & tsc -w').map(({ words }) => words),
      [
        ['node', 'a.js'],
        ['tsc', '-w'],
      ],
    );
    assert.deepEqual(
      runsOf('pnpm exec vite').map(({ words }) => words),
      [['vite']],
    );
  });

  it('finds options in all their forms', () => {
    for (const words of [['--port', '1'], ['--port=1'], ['-p', '1'], ['-p1']]) assert.equal(optionOf(words, '--port', '-p'), '1');
    assert.equal(optionOf(['-prod'], '-p'), undefined);
  });

  it('returns a list where a shell would need quotes', () => {
    assert.equal(commandOf(['npm', 'run', 'dev', '--', '--port', '${port}']), 'npm run dev -- --port ${port}');
    assert.deepEqual(commandOf(['../my env/bin/python', 'run.py']), ['../my env/bin/python', 'run.py']);
    assert.deepEqual(commandOf(['a', '$HOME']), ['a', '$HOME']);
    assert.deepEqual(commandOf(['yarn', 'workspace', '@shop/web', 'dev']), ['yarn', 'workspace', '@shop/web', 'dev']);
  });
});

describe('the role of a Node server', () => {
  const server = "import { createServer } from 'node:http';\ncreateServer((_, reply) => reply.end()).listen(3000);\n";
  const role = async (folder: string, manifest = '"scripts": { "start": "node server.js" }'): Promise<unknown> =>
    (await only({ [`${folder}/package.json`]: `{ ${manifest} }`, [`${folder}/server.js`]: server })).config.role;

  it('is that of its folder while nothing but the server itself speaks for a backend', async () => {
    assert.deepEqual([await role('frontend'), await role('client'), await role('server')], ['frontend', 'frontend', 'backend']);
    const express = '"scripts": { "start": "node server.js" }, "dependencies": { "express": "5" }';
    assert.equal(await role('frontend', express), 'backend');
  });
});
