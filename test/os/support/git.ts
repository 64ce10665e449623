/** git in a folder, with an identity of its own. */
import { execFileSync } from 'node:child_process';

export const git = (folder: string, ...args: readonly string[]): Buffer =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
