/** Discovery of folders that are large, broken, hostile or unreadable. */
import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discover } from '../../../src/discovery/discover';
import { makeScratch, removeScratch } from '../../support/scratch';
import { itOn, notWine } from '../../support/systems';
import { ofTexts, onDisk } from './folder';
import { monorepo } from './monorepo';

const fastapi = 'from fastapi import FastAPI\n\napp = FastAPI()\n';

describe('discovery within limits', () => {
  it('lists and reads little of a monorepo with 10,000 files, and skips installed and built files', async () => {
    const texts = monorepo();
    assert.ok(Object.keys(texts).length >= 10_000, String(Object.keys(texts).length));
    const folder = ofTexts(texts);
    const found = await discover(folder);
    assert.equal(found.length, 41);
    assert.deepEqual(found[0]?.config.cwd, 'services/api');
    assert.ok(folder.listed.length <= 500, `${folder.listed.length} listings`);
    assert.equal(new Set(folder.listed).size, folder.listed.length, 'a folder was listed twice');
    assert.ok(folder.read.length <= 800, `${folder.read.length} reads`);
    assert.equal(new Set(folder.read).size, folder.read.length, 'a file was read twice');
    const touched = [...folder.listed, ...folder.read].filter((path) => /(?:^|\/)(?:node_modules|dist|\.git)(?:\/|$)/.test(path));
    assert.deepEqual(touched, []);
  });

  it('gives each of forty Vite apps its own port', async () => {
    const found = await discover(ofTexts(monorepo()));
    assert.equal(new Set(found.map(({ config }) => config.port)).size, 41);
    assert.equal(found.filter(({ config }) => String(config.command).startsWith('pnpm run dev --port ${port}')).length, 39);
  });

  it('does not follow a path of a thousand folders', async () => {
    const folder = ofTexts({ [`${'deep/'.repeat(1000)}main.py`]: fastapi });
    assert.deepEqual(await discover(folder), []);
    assert.ok(folder.listed.length < 10, `${folder.listed.length} listings`);
  });

  it('skips files that are too large, and finds the rest', async () => {
    const folder = ofTexts({ 'a/main.py': fastapi + '#'.repeat(300_000), 'b/main.py': fastapi });
    assert.deepEqual(
      (await discover(folder)).map(({ id }) => id),
      ['b'],
    );
  });

  it('treats a failing reader as a folder without files', async () => {
    const folder = {
      system: 'posix' as const,
      list: () => Promise.resolve([{ name: 'package.json', kind: 'file' as const }]),
      readText: () => Promise.reject(new Error('EACCES')),
    };
    assert.deepEqual(await discover(folder), []);
  });

  it('proposes nothing from broken files', async () => {
    const broken = {
      'package.json': '{ "scripts": { "dev": "vite" ',
      'compose.yaml': 'services:\n\tdb: [unclosed',
      'process-compose.yaml': 'processes: "text"',
      'mprocs.yaml': '- 1\n- 2',
      'Cargo.toml': '[dependencies\naxum = ',
      'src/main.rs': 'fn main() {}',
      'pyproject.toml': '= = =',
      'pom.xml': '<project><spring-boot-starter-we',
      'web/Web.csproj': '<Project',
      '.vscode/tasks.json': '{ "tasks": [ { "isBackground": true, ',
      'angular.json': '[]',
      'composer.json': '"laravel/framework"',
      artisan: '',
      Procfile: ':::\nno line\n',
      'app.py': 'app = Flask(',
    };
    const found = await discover(ofTexts(broken));
    // An unclosed call is still a Flask app that is being written.
    assert.deepEqual(
      found.map(({ evidence }) => evidence[0]),
      ['app = Flask() in app.py:1'],
    );
  });

  it('accepts values of every wrong type', async () => {
    const strange = [null, 1, 'x', [], [[]], {}, { a: null }];
    for (const value of strange) {
      const json = JSON.stringify(value);
      const texts = {
        'package.json': JSON.stringify({
          scripts: value,
          dependencies: value,
          devDependencies: value,
          packageManager: value,
          main: value,
        }),
        'compose.yaml': JSON.stringify({
          services: {
            a: { image: value, build: value, ports: value, depends_on: value, healthcheck: { test: value }, environment: value },
            b: value,
          },
        }),
        'process-compose.yaml': JSON.stringify({
          processes: { a: { command: value, depends_on: value, environment: value, readiness_probe: value } },
        }),
        'mprocs.yaml': JSON.stringify({ procs: { a: value, b: { cmd: value, shell: value, cwd: value, env: value } } }),
        '.vscode/tasks.json': JSON.stringify({
          tasks: [value, { isBackground: true, label: value, command: value, args: value, options: value }],
        }),
        'angular.json': json,
        'environment.yml': json,
      };
      for (const { config } of await discover(ofTexts(texts)))
        assert.equal(typeof config.command === 'string' || Array.isArray(config.command), true);
    }
  });

  it('ends quickly for YAML aliases that would grow without end', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map(
        (name, index) =>
          `${name}: &${name} [${Array(9)
            .fill(`*${'abcdefgh'.charAt(index)}`)
            .join(',')}]`,
      ),
    ];
    assert.deepEqual(await discover(ofTexts({ 'compose.yaml': `${bomb.join('\n')}\nservices: *i\n` })), []);
  });

  it('ignores generated lines', async () => {
    const minified = `app.listen(3000);${'x.use(a, '.repeat(20_000)}`;
    const manifest = '{ "scripts": { "dev": "node index.js" }, "dependencies": { "express": "5" } }';
    assert.deepEqual(await discover(ofTexts({ 'package.json': manifest, 'index.js': minified })), []);
    const imports = `${fastapi}import uvicorn\n${'from a import b,'.repeat(15_000)}`;
    assert.equal((await discover(ofTexts({ 'main.py': imports }))).length, 1);
  });

  // Wine 8 says of a link that it was made, and makes none.
  itOn(notWine, 'follows no circle of links, and reads a linked file', async () => {
    const scratch = await makeScratch('discovery');
    try {
      await mkdir(join(scratch, 'backend/app'), { recursive: true });
      await writeFile(join(scratch, 'backend/app/real.txt'), fastapi);
      await symlink(join(scratch, 'backend/app/real.txt'), join(scratch, 'backend/app/main.py'));
      await symlink(scratch, join(scratch, 'backend/app/loop'), 'dir');
      await symlink(join(scratch, 'gone'), join(scratch, 'backend/server.py'));
      const folder = onDisk(scratch);
      const found = await discover(folder);
      assert.deepEqual(
        found.map(({ config }) => config.cwd),
        ['backend/app'],
      );
      assert.deepEqual(folder.listed, ['', 'backend', 'backend/app']);
    } finally {
      await removeScratch(scratch);
    }
  });
});
