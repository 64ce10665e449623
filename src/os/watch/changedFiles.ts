/** What git and the file system know of files that have changed. */
import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import type { ChangedFiles } from '../../app/watch/ports';

const timeoutMs = 5000;

/** `isAllowed` is asked each time: git runs only where the workspace is trusted, because the settings of a repository can name programs. */
export const createChangedFiles = (isAllowed: () => boolean): ChangedFiles => ({
  ignored: async (folder, files) => (isAllowed() && files.length > 0 ? checkIgnore(folder, files) : new Set()),
  isBusy: async (folder) => {
    const repository = await gitFolderOf(folder);
    return repository !== undefined && (await exists(join(repository, 'index.lock')));
  },
  changedAt: async (file) => {
    try {
      const { ctimeMs, mtimeMs } = await stat(file);
      return Math.max(ctimeMs, mtimeMs);
    } catch {
      return undefined;
    }
  },
});

/** git answers with the paths as they were given: relative ones, so that it makes no difference how the folder itself is reached. */
async function checkIgnore(folder: string, files: readonly string[]): Promise<ReadonlySet<string>> {
  const byPath = new Map(files.map((file) => [relative(folder, file).replaceAll('\\', '/'), file]));
  const answer = await runGit(folder, [...byPath.keys()].map((path) => `${path}\0`).join(''));
  return new Set(answer.split('\0').flatMap((path) => byPath.get(path) ?? []));
}

/** Returns what git prints; nothing when it fails, as it does outside of a repository. */
const runGit = (folder: string, input: string): Promise<string> =>
  new Promise((settle) => {
    // Windows looks for a program in the working folder first: that of git is not the workspace.
    // A repository may name a program to watch its files.
    const git = spawn('git', ['-c', 'core.fsmonitor=false', '-C', folder, 'check-ignore', '--stdin', '-z'], {
      cwd: homedir(),
      timeout: timeoutMs,
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const parts: Buffer[] = [];
    git.on('error', () => settle(''));
    git.on('close', (code) => settle(code === 0 ? Buffer.concat(parts).toString() : ''));
    git.stdout.on('data', (part: Buffer) => parts.push(part));
    // It may end before it has read everything.
    git.stdin.on('error', () => undefined);
    git.stdin.end(input);
  });

/** The folder in which git keeps the index; a worktree and a submodule name theirs in a file. */
async function gitFolderOf(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, '.git');
    try {
      if ((await stat(path)).isDirectory()) return path;
      const named = /^gitdir: (.+)$/m.exec(await readFile(path, 'utf8'))?.[1];
      return named === undefined ? undefined : resolve(at, named.trim());
    } catch {
      if (dirname(at) === at) return undefined;
    }
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
