import assert from 'node:assert/strict';
import { withBatchNames } from '../../../../src/core/shells/batchNames';

const others = ['cd', 'echo', 'node', 'more'];

describe('batch files in a command line on Windows', () => {
  const all = (name: string): Promise<boolean> => Promise.resolve(!others.includes(name));

  for (const [line, written] of [
    ['npm run dev -- --port 5173 --strictPort', 'npm.cmd run dev -- --port 5173 --strictPort'],
    ['pnpm dev', 'pnpm.cmd dev'],
    ['npm', 'npm.cmd'],
    ['cd web && npm ci; npx vite | more', 'cd web && npm.cmd ci; npx.cmd vite | more'],
    ['npm.cmd run dev', 'npm.cmd run dev'],
    ['node server.js npm', 'node server.js npm'],
    ['echo "; npm run dev" && yarn', 'echo "; npm run dev" && yarn.cmd'],
    ["echo 'a && npm'", "echo 'a && npm'"],
    ['npm"x" run', 'npm"x" run'],
    ['"npm" run', '"npm" run'],
    ['nodemon server.js | pino-pretty', 'nodemon.cmd server.js | pino-pretty.cmd'],
    ['./nodemon x; .\\npm ci; $npm; %npm% ci; bin/npm ci', './nodemon x; .\\npm ci; $npm; %npm% ci; bin/npm ci'],
    ['', ''],
    ['  npm ci', '  npm.cmd ci'],
  ] as const)
    it(`are named as such: ${line}`, async () => assert.equal(await withBatchNames(line, all), written));

  it('stay where they are no batch files, such as those of Volta', async () => {
    const onlyNpm = (name: string): Promise<boolean> => Promise.resolve(name === 'npm');
    assert.equal(await withBatchNames('npm ci && pnpm dev', onlyNpm), 'npm.cmd ci && pnpm dev');
  });

  it('are found in a long line with an open quote', async () => {
    const line = `npm run "${'" '.repeat(20_000)}`;
    assert.equal((await withBatchNames(line, all)).length, line.length + 4);
  });
});
