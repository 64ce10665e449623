/** Scripts that run several programs: one server starts with its compiler, several servers start separately. */
import assert from 'node:assert/strict';
import { discover } from '../../../src/discovery/discover';
import { ofTexts } from './folder';

const server = "import http from 'node:http';\nhttp.createServer().listen(3000);\n";

const commands = async (scripts: Record<string, string>, more: Record<string, string> = {}) =>
  (
    await discover(
      ofTexts({ 'package.json': JSON.stringify({ scripts }, undefined, 2), 'dist/x': '', 'server.js': server, ...more }),
    )
  ).map(({ config }) => config.command);

describe('discovery/node/together', () => {
  it('proposes the script that starts the only server together with others', async () => {
    for (const dev of [
      'concurrently "npm:watch:ts" "npm:dev:server"',
      'npm run build && concurrently -k "npm:watch:ts" "npm:dev:server"',
      'run-p watch:ts dev:server',
      'npm-run-all --parallel watch:ts dev:server',
    ]) {
      assert.deepEqual(await commands({ dev, 'watch:ts': 'tsc -w', 'dev:server': 'node server.js' }), ['npm run dev'], dev);
    }
  });

  it('proposes each of several servers by its own script', async () => {
    const scripts = { dev: 'concurrently "npm:api" "npm:web"', api: 'node server.js', web: 'vite' };
    const more = { 'vite.config.js': 'export default {};\n' };
    assert.deepEqual((await commands(scripts, more)).sort(), ['npm run api', 'npm run web']);
  });

  it('does not propose a script that reaches into another package', async () => {
    const scripts = {
      dev: 'concurrently "npm:server" "npm --prefix client run watch"',
      server: 'node server.js',
      watch: 'tsc -w',
    };
    assert.deepEqual(await commands(scripts), ['npm run server']);
  });

  it('does not propose a script that starts only the server', async () => {
    assert.deepEqual(await commands({ 'start:all': 'concurrently "npm:server"', server: 'node server.js' }), ['npm run server']);
  });
});

describe('discovery/declared/tasks', () => {
  const tasks = (...list: readonly object[]) => ({ '.vscode/tasks.json': JSON.stringify({ tasks: list }, undefined, 2) });
  const background = (label: string, more: object = {}) => ({
    label,
    type: 'shell',
    command: 'run it',
    isBackground: true,
    ...more,
  });

  it('proposes no task that watches tests', async () => {
    const found = await discover(
      ofTexts(tasks(background('test'), background('npm: test'), background('unit', { group: 'test' }), background('attest'))),
    );
    assert.deepEqual(
      found.map(({ id }) => id),
      ['attest'],
    );
  });
});
