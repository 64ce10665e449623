/** The first run in the desktop VS Code of the user, with a profile of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { commandLine, killTree } from '../../test/support/processes';
import { aborted } from './interrupt';
import { hasDisplay } from './openBrowser';
import { packageBoth } from './packages';
import type { Place } from './place';
import { settings } from './settings';
import { ready } from './words';

/** VS Code's own command on the PATH, where it opens a window that can have a profile of its own. */
export function findDesktop(): string | undefined {
  // In a terminal of VS Code `code` may speak to the window around it, and in WSL to the one of Windows: both take no profile.
  const isRemote = ['VSCODE_IPC_HOOK_CLI', 'WSL_DISTRO_NAME'].some((name) => process.env[name] !== undefined);
  if (isRemote || !hasDisplay()) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  return candidates.find(isExecutable);
}

export async function onDesktop(code: string, { scratch, workspace, interrupt }: Place): Promise<void> {
  const dataFolder = join(scratch, 'data');
  const profile = ['--user-data-dir', dataFolder, '--extensions-dir', join(scratch, 'extensions')];
  const packages = await packageBoth(scratch);
  await writeSettings(dataFolder);
  await ended(spawnCode(code, [...profile, ...packages.flatMap((vsix) => ['--install-extension', vsix])]));
  if (interrupt.aborted) return;
  console.log(ready('in a new window of VS Code'));
  const command = spawnCode(code, ['--new-window', '--wait', ...profile, workspace]);
  await Promise.race([ended(command), aborted(interrupt)]);
  if (command.exitCode === null && command.pid !== undefined) killTree(command.pid);
  endWindow(dataFolder);
}

async function writeSettings(dataFolder: string): Promise<void> {
  await mkdir(join(dataFolder, 'User'), { recursive: true });
  await writeFile(join(dataFolder, 'User', 'settings.json'), JSON.stringify(settings, undefined, 2));
}

function spawnCode(code: string, args: readonly string[]): ChildProcess {
  if (process.platform !== 'win32') return spawn(code, args, { stdio: 'inherit' });
  // `code` is a batch file there, which runs only in a shell, where paths with spaces need quotes.
  const quoted = args.map((arg) => `"${arg}"`);
  return spawn(`"${code}"`, quoted, { stdio: 'inherit', shell: true });
}

/** Resolves when the command has ended, however it did. */
const ended = (command: ChildProcess): Promise<void> =>
  new Promise((resolve) => command.once('exit', () => resolve()).once('error', () => resolve()));

/** The window belongs to a process that outlives the command, and whose id VS Code notes in the profile. */
function endWindow(dataFolder: string): void {
  const pid = notedPid(join(dataFolder, 'code.lock'));
  if (pid !== undefined && commandLine(pid).includes(dataFolder)) killTree(pid);
}

function notedPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
