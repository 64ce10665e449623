/** What a process gets: environment, folder, and the command as written. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { itOn, posix } from '../support/systems';
import { until } from '../support/poll';
import { about, freePort, server, serverFile } from './support/server';
import type { About } from './support/server';
import { awaitSnapshot, cleanUp, configure, folder, makeFile, removeFile, unique } from './support/services';

describe('the process of a service', () => {
  let port: number;
  let reported: About;
  const strange = ['$HOME;*', '`id`', 'a "b" \'c\'', '&& exit 3', ''];

  before(async () => {
    port = await freePort();
    const id = unique('env');
    await makeFile('inner/first.env', 'FROM_FIRST=1\nIN_BOTH=first\nIN_ALL=first\nQUOTED="two words"\n');
    await makeFile('second.env', 'IN_BOTH=second\nIN_ALL=second\n');
    const api = await configure({
      [id]: server(port, {
        command: ['node', serverFile(), '${port}', ...strange],
        cwd: 'inner',
        envFile: ['first.env', '${workspaceFolder}/second.env'],
        env: { IN_ALL: 'env', ADDRESS: 'http://localhost:${port}', HERE: '${workspaceFolder}/x', PATH_OF: '${env:PATH}' },
      }),
    });
    const started = await api.start(id);
    assert.equal(started.health, 'healthy', started.reason);
    reported = await about(port);
  });

  after(async () => {
    await cleanUp();
    await removeFile('inner');
    await removeFile('second.env');
  });

  it('gets the variables of env files, later files over earlier ones, and "env" over all', () => {
    const { FROM_FIRST, IN_BOTH, IN_ALL, QUOTED } = reported.env;
    assert.deepEqual(
      { FROM_FIRST, IN_BOTH, IN_ALL, QUOTED },
      { FROM_FIRST: '1', IN_BOTH: 'second', IN_ALL: 'env', QUOTED: 'two words' },
    );
  });

  it('gets ${port}, ${workspaceFolder} and ${env:…} replaced', () => {
    assert.equal(reported.env['ADDRESS'], `http://localhost:${port}`);
    assert.equal(reported.env['HERE'], `${folder()}/x`);
    assert.equal(reported.env['PATH_OF'], process.env['PATH']);
  });

  it('runs in its folder', () => {
    assert.equal(reported.cwd, join(folder(), 'inner'));
  });

  it('gets the arguments of a list unchanged, because no shell is involved', () => {
    assert.deepEqual(reported.args, strange);
  });

  it('carries the mark by which processes are found that left their tree', () => {
    assert.match(reported.env['SERVICE_LIFECYCLE_RUN'] ?? '', /^[0-9a-f-]{36}$/);
  });
});

describe('a command written as a string', () => {
  afterEach(async () => {
    await cleanUp();
    await removeFile('said.txt');
  });

  // Lines for a POSIX shell.
  itOn(posix, 'runs in the shell', async () => {
    const id = unique('shell');
    const api = await configure({ [id]: { command: 'echo one > said.txt && echo "$WHO" >> said.txt', env: { WHO: 'a shell' } } });
    await api.start(id);
    await awaitSnapshot(id, ({ lifecycle }) => lifecycle === 'exited');
    const said = await until('what it wrote', () => readFile(join(folder(), 'said.txt'), 'utf8'));
    assert.equal(said, 'one\na shell\n');
  });

  itOn(posix, 'is one service with all processes that the shell starts', async () => {
    const id = unique('shell');
    const port = await freePort();
    const api = await configure({ [id]: server(port, { command: 'echo preparing && node server.js ${port}; echo over' }) });
    const started = await api.start(id);
    assert.equal(started.health, 'healthy', started.reason);
    const { pid } = await about(port);
    const stopped = await api.stop(id);
    assert.equal(stopped.lifecycle, 'stopped');
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  });
});
