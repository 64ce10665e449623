/** The proposed setup steps of a service, and where they are looked for. */
import assert from 'node:assert/strict';
import type { ServiceConfig } from '../../../src/core/config/schema';
import { discover } from '../../../src/discovery/discover';
import { ofTexts } from './folder';

const app = '{ "name": "web", "scripts": { "dev": "vite" }, "devDependencies": { "vite": "^6" } }';
const python = { 'api/main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n', 'api/requirements.txt': 'fastapi\n' };

/** Without requirements. */
const code = { 'api/main.py': python['api/main.py'] };

async function setupIn(
  texts: Readonly<Record<string, string>>,
  system: 'windows' | 'posix' = 'posix',
): Promise<ServiceConfig['setup']> {
  const found = await discover(ofTexts(texts, system));
  const [service] = found;
  assert.ok(service !== undefined && found.length === 1, JSON.stringify(found));
  return service.config.setup;
}

describe('discovery/settle/setup', () => {
  const install = (command: string, unless: string): ServiceConfig['setup'] => [{ name: 'install', command, unless }];
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, ServiceConfig['setup']])[] = [
    ['npm without a lock file', { 'web/package.json': app }, install('npm install', 'node_modules')],
    ['pnpm', { 'web/package.json': app, 'web/pnpm-lock.yaml': '' }, install('pnpm install', 'node_modules')],
    ['Yarn 1', { 'web/package.json': app, 'web/yarn.lock': '' }, install('yarn install', 'node_modules')],
    ['Yarn 2 and later', { 'web/package.json': app, 'web/yarn.lock': '', 'web/.yarnrc.yml': '' }, undefined],
    [
      'a member of an npm workspace',
      { 'package.json': '{ "workspaces": ["apps/*"] }', 'package-lock.json': '{}', 'apps/web/package.json': app },
      install('npm install', '../../node_modules'),
    ],
    [
      'a folder of its own below another package',
      { 'package.json': '{ "name": "tools" }', 'package-lock.json': '{}', 'web/package.json': app },
      install('npm install', 'node_modules'),
    ],
    [
      'nothing to install',
      {
        'package.json': '{ "scripts": { "start": "node server.js" } }',
        'server.js': "require('http').createServer().listen(3000);\n",
      },
      undefined,
    ],
    [
      'a virtual environment beside the requirements',
      { ...python, 'api/.venv/pyvenv.cfg': 'home = /usr/bin\n' },
      install('.venv/bin/python -m pip install -r requirements.txt', '.venv'),
    ],
    [
      'a virtual environment above, with its requirements',
      { 'api/main.py': python['api/main.py'], 'requirements.txt': 'fastapi\n', 'venv/pyvenv.cfg': 'home = /usr/bin\n' },
      install('../venv/bin/python -m pip install -r ../requirements.txt', '../venv'),
    ],
    [
      'requirements without an environment',
      python,
      [
        { name: 'environment', command: 'python3 -m venv .venv', unless: '.venv' },
        { name: 'install', command: '.venv/bin/python -m pip install -r requirements.txt' },
      ],
    ],
    [
      'requirements above, with the program that they install',
      { 'api/main.py': python['api/main.py'], 'requirements.txt': 'fastapi\nuvicorn[standard]==0.30\n' },
      [
        { name: 'environment', command: 'python3 -m venv ../.venv', unless: '../.venv' },
        { name: 'install', command: '../.venv/bin/python -m pip install -r ../requirements.txt', unless: '../.venv/bin/uvicorn' },
      ],
    ],
    [
      'a project with a build system and without a list of requirements',
      {
        ...code,
        'pyproject.toml':
          '[project]\nname = "shop"\ndependencies = ["fastapi>=0.115", "uvicorn[standard]"]\n[build-system]\nbuild-backend = "hatchling.build"\n',
      },
      [
        { name: 'environment', command: 'python3 -m venv ../.venv', unless: '../.venv' },
        { name: 'install', command: '../.venv/bin/python -m pip install -e ..', unless: '../.venv/bin/uvicorn' },
      ],
    ],
    [
      'a project without a build system: what it depends on',
      {
        ...code,
        'api/pyproject.toml': '[project]\nname = "shop"\ndependencies = ["fastapi >= 0.115,<1", "uvicorn[standard]"]\n',
      },
      [
        { name: 'environment', command: 'python3 -m venv .venv', unless: '.venv' },
        {
          name: 'install',
          command: '.venv/bin/python -m pip install "fastapi>=0.115,<1" "uvicorn[standard]"',
          unless: '.venv/bin/uvicorn',
        },
      ],
    ],
    [
      'a requirement that a shell could read otherwise: the project itself',
      { ...code, 'api/pyproject.toml': '[project]\nname = "shop"\ndependencies = ["fastapi", "$(touch x)"]\n' },
      [
        { name: 'environment', command: 'python3 -m venv .venv', unless: '.venv' },
        { name: 'install', command: '.venv/bin/python -m pip install -e .' },
      ],
    ],
    ['settings of tools only', { ...code, 'api/pyproject.toml': '[tool.ruff]\nline-length = 100\n' }, undefined],
    [
      'conda',
      { ...code, 'environment.yml': 'dependencies:\n  - python=3.12\n  - fastapi\n' },
      [{ name: 'environment', command: 'conda env create -p ../.conda -f ../environment.yml', unless: '../.conda' }],
    ],
    [
      'a conda environment that is there',
      { ...code, 'environment.yml': 'name: shop\n', '.conda/conda-meta/history': '' },
      undefined,
    ],
    ['Poetry', { ...python, 'api/poetry.lock': '' }, [{ name: 'install', command: 'poetry install' }]],
    ['PDM', { ...python, 'api/pdm.lock': '' }, install('pdm install', '.venv')],
    ['Pipenv', { ...python, 'api/Pipfile': '' }, [{ name: 'install', command: 'pipenv install --dev' }]],
    ['an environment that uv looks after', { ...python, 'api/uv.lock': '' }, undefined],
  ];
  for (const [name, texts, expected] of cases) {
    it(name, async () => assert.deepEqual(await setupIn(texts), expected));
  }

  it('makes an environment with the programs of Windows there', async () => {
    const texts = { 'api/main.py': python['api/main.py'], 'api/requirements.txt': 'uvicorn\n' };
    assert.deepEqual(await setupIn(texts, 'windows'), [
      { name: 'environment', command: 'python -m venv .venv', unless: '.venv' },
      {
        name: 'install',
        command: '.venv/Scripts/python.exe -m pip install -r requirements.txt',
        unless: '.venv/Scripts/uvicorn.exe',
      },
    ]);
  });

  it('uses the programs of Windows there, and a path with slashes', async () => {
    const setup = await setupIn({ ...python, 'api/.venv/pyvenv.cfg': 'home = C:\\Python\n' }, 'windows');
    assert.deepEqual(setup, install('.venv/Scripts/python.exe -m pip install -r requirements.txt', '.venv'));
  });
});
