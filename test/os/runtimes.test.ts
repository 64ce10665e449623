/** Which version of Node or Python a project asks for, as its files have it, and what a command runs. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as semver from 'semver';
import { declaredVersion } from '../../src/os/runtimes/declared';
import { programOf } from '../../src/os/runtimes/used';
import { makeFolder } from '../support/scratch';

type Files = Readonly<Record<string, string>>;

describe('os/runtimes', () => {
  let folder: string;
  beforeEach(() => {
    folder = makeFolder('runtimes');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (files: Files): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };

  const cases: readonly (readonly [program: 'node' | 'python', files: Files, fits: string, other: string])[] = [
    ['node', { '.nvmrc': 'v20.11.0\n' }, '20.11.0', '20.12.0'],
    ['node', { '.nvmrc': 'lts/iron' }, '20.1.0', '22.0.0'],
    ['node', { '.node-version': '22' }, '22.5.0', '20.0.0'],
    ['node', { '.tool-versions': '# all\npython 3.12.1\nnodejs 18.19.0\n' }, '18.19.0', '18.20.0'],
    ['node', { 'mise.toml': '[tools]\nnode = "22.1"\n' }, '22.1.3', '22.2.0'],
    ['node', { 'package.json': '{ "engines": { "node": ">=20 <23" } }', '.nvmrc': '16' }, '22.0.0', '23.0.0'],
    ['node', { 'package.json': '{ "volta": { "node": "20.10.0" } }' }, '20.10.0', '20.11.0'],
    ['python', { '.python-version': '3.12\n3.11\n' }, '3.12.4', '3.11.0'],
    ['python', { 'pyproject.toml': '[project]\nrequires-python = ">=3.11,<3.13"\n' }, '3.12.0', '3.13.0'],
    ['python', { 'pyproject.toml': '[project]\nrequires-python = "~=3.11"\n' }, '3.13.0', '3.10.0'],
    ['python', { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.11"\n' }, '3.12.0', '4.0.0'],
    ['python', { '.config/mise.toml': '[tools]\npython = { version = "3.12" }\n' }, '3.12.1', '3.11.0'],
  ];
  for (const [program, files, fits, other] of cases) {
    it(`reads ${Object.keys(files).join(', ')}: ${Object.values(files)[0]?.trim() ?? ''}`, async () => {
      write(files);
      const found = await declaredVersion(program, [folder]);
      assert.ok(found !== undefined);
      assert.ok(semver.satisfies(fits, found.range), `${fits} in ${found.range}`);
      assert.ok(!semver.satisfies(other, found.range), `${other} not in ${found.range}`);
    });
  }

  it('takes the nearest folder, and nothing from what moves with time or is broken', async () => {
    write({ 'app/.nvmrc': '22', '.nvmrc': '20' });
    assert.equal((await declaredVersion('node', [join(folder, 'app'), folder]))?.wanted, '22');
    for (const text of ['lts/*', 'node', 'system', 'stable', '']) {
      write({ 'moving/.nvmrc': text });
      assert.equal(await declaredVersion('node', [join(folder, 'moving')]), undefined, text);
    }
    write({ 'broken/package.json': '{ "engines": ', 'broken/mise.toml': '= =' });
    assert.equal(await declaredVersion('node', [join(folder, 'broken')]), undefined);
  });

  it('knows what a command runs, and leaves the choice to tools that make it', () => {
    for (const command of ['npm run dev', 'PORT=1 node server.js', 'pnpm dev']) assert.equal(programOf(command), 'node', command);
    assert.equal(programOf(['python3', '-m', 'http.server']), 'python');
    for (const command of [
      'uv run main.py',
      'poetry run flask run',
      '.venv/bin/python main.py',
      'mise exec -- node x',
      'go run .',
    ])
      assert.equal(programOf(command), undefined, command);
  });
});
