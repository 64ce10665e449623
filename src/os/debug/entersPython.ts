/** Whether debugpy can enter a Python that runs: it does so through a native debugger (pydevd, pydevd_attach_to_process/add_code_to_python_process.py). */
import { access, constants, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Files of the system, which a test replaces. */
export interface Places {
  /** As in the environment. */
  readonly path: string;
  /** Which processes may be traced (Documentation/admin-guide/LSM/Yama.rst): 0 are all of the same user. Absent without that protection. */
  readonly traceScope: string;
}

const ofSystem = (): Places => ({ path: process.env['PATH'] ?? '', traceScope: '/proc/sys/kernel/yama/ptrace_scope' });

export async function entersPython(
  platform: NodeJS.Platform = process.platform,
  places = ofSystem(),
  user = process.getuid?.(),
): Promise<boolean> {
  if (platform === 'win32') return true;
  if (!(await isInstalled(platform === 'darwin' ? 'lldb' : 'gdb', places.path))) return false;
  if (platform !== 'linux' || user === 0) return true;
  const scope = await readFile(places.traceScope, 'latin1').catch(() => '0');
  return scope.trim() === '0';
}

async function isInstalled(program: string, folders: string): Promise<boolean> {
  const looks = folders.split(path.delimiter).map((folder) => access(path.join(folder, program), constants.X_OK));
  return (await Promise.allSettled(looks)).some(({ status }) => status === 'fulfilled');
}
