/** What would start and serves nobody: each beside the nearest situation in which it is needed. */
import assert from 'node:assert/strict';
import { discover } from '../../../src/discovery/discover';
import { ofTexts } from './folder';

const fastapi = 'from fastapi import FastAPI\n\napp = FastAPI()\n';
const idsOf = async (texts: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  (await discover(ofTexts(texts))).map(({ id }) => id).sort();
const manifest = (name: string, more: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ name, scripts: { dev: 'vite' }, devDependencies: { vite: '^6' }, ...more });

describe('services that are not needed', () => {
  it('a database that publishes no port, while the app runs from its source', async () => {
    const compose = (more: string): string => `services:\n  db:\n    image: postgres:16\n${more}`;
    const app = { 'main.py': fastapi };
    assert.deepEqual(await idsOf({ ...app, 'compose.yaml': compose('') }), ['backend']);
    assert.deepEqual(await idsOf({ ...app, 'compose.yaml': compose('    ports: ["5432:5432"]\n') }), ['backend', 'db']);
    assert.deepEqual(await idsOf({ ...app, 'compose.yaml': compose('    network_mode: host\n') }), ['backend', 'db']);
    const admin = '  admin:\n    image: adminer\n    ports: ["8081:8080"]\n    depends_on: [db]\n';
    assert.deepEqual(await idsOf({ ...app, 'compose.yaml': compose(admin) }), ['admin', 'backend', 'db']);
    assert.deepEqual(await idsOf({ 'compose.yaml': compose('') }), ['db']);
    const api = '  api:\n    build: .\n    depends_on: [db]\n';
    const proxy = '  proxy:\n    image: nginx\n    ports: ["80:80"]\n    depends_on: [api, db]\n';
    assert.deepEqual(await idsOf({ ...app, Dockerfile: 'FROM python\n', 'compose.yaml': compose(`${api}${proxy}`) }), [
      'backend',
    ]);
  });

  it('the instances of a federation, beside the usual Compose file', async () => {
    const ui = (name: string): string => `  ${name}-ui:\n    image: acme/shop-ui:1\n    ports: ["${name.length}000:80"]\n`;
    const usual = { 'docker/compose.yaml': 'services:\n  mail:\n    image: acme/mail:1\n    ports: ["8025:80"]\n' };
    const many = (names: readonly string[]) => ({ 'docker/federation/compose.yaml': `services:\n${names.map(ui).join('')}` });
    assert.deepEqual(await idsOf({ ...usual, ...many(['a', 'bb', 'ccc']) }), ['mail']);
    assert.deepEqual((await idsOf({ ...usual, ...many(['a', 'bb']) })).length, 3);
    assert.deepEqual((await idsOf(many(['a', 'bb', 'ccc']))).length, 3);
  });

  it('databases of which a profile chooses one', async () => {
    const database = (image: string, port: number, profile: string): string =>
      `  ${image}:\n    image: ${image}:1\n    ports: ["${port}:${port}"]\n    profiles: [${profile}]\n`;
    const both = `services:\n${database('mysql', 3306, 'mysql')}${database('postgres', 5432, 'postgres')}`;
    assert.deepEqual(await idsOf({ 'main.py': fastapi, 'compose.yaml': both }), ['backend']);
    const one = `services:\n${database('postgres', 5432, 'db')}`;
    assert.deepEqual(await idsOf({ 'main.py': fastapi, 'compose.yaml': one }), ['backend', 'postgres']);
  });

  it('containers of additions to the project that its code does not ask for', async () => {
    const texts = (folder: string) => ({
      'main.py': fastapi,
      [`${folder}/compose.yaml`]: 'services:\n  mongodb:\n    image: mongo\n    ports: ["27017:27017"]\n',
    });
    assert.deepEqual(await idsOf(texts('extras/import')), ['backend']);
    assert.deepEqual(await idsOf(texts('infra')), ['backend', 'mongodb']);
    const asking = { ...texts('extras/import'), '.env': 'MONGO_URL=mongodb://localhost:27017/shop\n' };
    assert.deepEqual(await idsOf(asking), ['backend', 'mongodb']);
  });

  it('a container of the project itself, also when others use it as a tool', async () => {
    const compose = { 'container/compose.yaml': 'services:\n  core:\n    image: acme/searxng:1\n    ports: ["8080:8080"]\n' };
    const texts = { 'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n', ...compose };
    assert.deepEqual(await idsOf({ ...texts, 'setup.py': "setup(\n    name='searxng',\n)\n" }), ['backend']);
    assert.deepEqual(await idsOf({ ...texts, 'setup.py': "setup(\n    name='shop',\n)\n" }), ['backend', 'core']);
  });

  it('a container that ends at once, and the ports that jobs take over from an app', async () => {
    const app = '  web: &app\n    image: acme/web:1\n    ports: ["8000:80"]\n';
    const job = (name: string, line: string): string => `  ${name}:\n    <<: *app\n    command: ${line}\n`;
    const cron = job('cron', 'php artisan schedule:run');
    const queue = job('queue', 'php artisan queue:work');
    const found = await discover(ofTexts({ 'compose.yaml': `services:\n${app}${cron}${queue}` }));
    assert.deepEqual(found.map(({ id, config: { role, port } }) => [id, role, port]).sort(), [
      ['queue', 'worker', undefined],
      ['web', 'backend', 8000],
    ]);
  });

  it('the dev server of a desktop app or of a library, beside a frontend that is opened', async () => {
    const web = { 'web/package.json': manifest('web', { dependencies: { '@shop/common': 'workspace:^' } }) };
    const common = { 'common/package.json': manifest('@shop/common', {}) };
    const desktop = { 'desktop/package.json': manifest('desktop', { devDependencies: { vite: '^6', '@tauri-apps/cli': '^2' } }) };
    assert.deepEqual(await idsOf({ ...web, ...common, ...desktop }), ['web']);
    assert.deepEqual(await idsOf(desktop), ['desktop']);
    assert.deepEqual(await idsOf(common), ['common']);
    const both = { ...web, 'admin/package.json': manifest('admin', {}) };
    assert.deepEqual(await idsOf(both), ['admin', 'web']);
  });

  it('a program of Rust that only prints, although its library depends on a web framework', async () => {
    const toml = '[package]\nname = "tool"\n[dependencies]\naxum = "0.7"\n';
    const lib = 'pub async fn start() { axum::serve(listener, app).await; }\n';
    const texts = (main: string) => ({ 'tool/Cargo.toml': toml, 'tool/src/lib.rs': lib, 'tool/src/main.rs': main });
    assert.deepEqual(await idsOf(texts('fn main() {\n  println!("{}", config())\n}\n')), []);
    assert.deepEqual(await idsOf(texts('#[tokio::main]\nasync fn main() {\n  tool::start().await\n}\n')), ['tool']);
    assert.deepEqual(await idsOf(texts('fn main() {\n  tool::start_server()\n}\n')), ['tool']);
  });

  it('a task that starts the app in the code by a target', async () => {
    const task = (line: string): string =>
      JSON.stringify({ tasks: [{ label: line, type: 'shell', command: line, isBackground: true }] });
    const app = { 'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n' };
    assert.deepEqual(await idsOf({ ...app, '.vscode/tasks.json': task('make run') }), ['backend']);
    assert.deepEqual(await idsOf({ ...app, '.vscode/tasks.json': task('make worker') }), ['backend', 'make worker']);
    assert.deepEqual(await idsOf({ '.vscode/tasks.json': task('make run') }), ['make run']);
  });
});

describe('a Python script', () => {
  const serving =
    "import auth\nfrom http.server import HTTPServer\nif __name__ == '__main__':\n    HTTPServer(('127.0.0.1', 5000), None).serve_forever()\n";

  it('is started by its path when it imports what is beside it by plain names', async () => {
    const commandOf = async (texts: Readonly<Record<string, string>>) => (await discover(ofTexts(texts)))[0]?.config.command;
    const package_ = { 'src/__init__.py': '', 'src/main.py': serving };
    assert.equal(await commandOf({ ...package_, 'src/auth.py': '' }), 'python3 src/main.py');
    assert.equal(
      await commandOf({ ...package_, 'src/main.py': serving.replace('import auth', 'import src.auth'), 'src/auth.py': '' }),
      'python3 -m src.main',
    );
  });
});
