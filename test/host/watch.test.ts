/** Restarts on change with VS Code's watcher and a real git repository, in a folder that VS Code knows from the start. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/poll';
import { freePort, server } from './support/server';
import { awaitSnapshot, cleanUp, configure, folder, removeFile, snapshotOf, unique } from './support/services';

const files = 50;
const timeoutMs = 60_000;

describe('restart on change', () => {
  const repository = (): string => join(folder(), 'watched');
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: repository(), stdio: 'pipe' });
  const write = (text: string): Promise<unknown> =>
    Promise.all(Array.from({ length: files }, (_, n) => writeFile(join(repository(), `${n}.txt`), text)));

  before(async () => {
    git('init', '-q', '-b', 'one');
    await writeFile(join(repository(), '.gitignore'), '*.log\n');
    await write('one');
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    git('checkout', '-q', '-b', 'two');
    await write('two');
    git('commit', '-q', '-a', '-m', 'two');
  });

  after(async () => {
    await cleanUp();
    await removeFile('watched');
  });

  it('is one for a switch to another branch that changes 50 files, and none for a file that git ignores', async () => {
    const id = unique('web');
    const watch = { paths: ['*.txt', '*.log'], debounce: '3s' };
    const api = await configure({ [id]: server(await freePort(), { cwd: 'watched', watch }) });
    const reasons = new Set<string>();
    const subscription = api.onDidChange(({ id: changed, reason }) => {
      const named = /^Restarting: (.*? changed)\./.exec(reason ?? '')?.[1];
      if (changed === id && named !== undefined) reasons.add(named.replace(/watched\/\d+\.txt/, 'a file'));
    });
    try {
      await api.start(id);
      // Loads what observes files.
      await api.diagnose(id);
      const { pid } = await snapshotOf(id);
      await writeFile(join(repository(), 'a.log'), 'ignored');
      git('checkout', '-q', 'one');
      await until('the restart', () => reasons.size > 0, timeoutMs);
      await awaitSnapshot(id, (now) => now.health === 'healthy' && now.pid !== pid, timeoutMs);
      assert.deepEqual([...reasons], [`a file and ${files - 1} more changed`]);
    } finally {
      subscription.dispose();
    }
  });
});
