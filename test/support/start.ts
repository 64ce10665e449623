/** `npm start`: opens a real VS Code with the extension and a copy of the sample workspace. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { acquireEditor } from './editor/acquire';
import { installExtension, startServer } from './editor/server';
import { repositoryRoot, vsixPath } from './repository';
import { npm } from './run';
import { copySample } from './sample';
import { makeScratch, removeScratch } from './scratch';

export async function main(): Promise<number> {
  const scratch = await makeScratch('sample');
  try {
    const workspace = await copySample(join(scratch, 'sample'));
    const desktop = findDesktop();
    return desktop === undefined ? await openInBrowser(scratch, workspace) : await openDesktop(desktop, scratch, workspace);
  } finally {
    await removeScratch(scratch);
  }
}

async function openDesktop(code: string, scratch: string, workspace: string): Promise<number> {
  if ((await npm(['run', '--silent', 'build'], { cwd: repositoryRoot })).code !== 0) return 1;
  const profile = ['--user-data-dir', join(scratch, 'data'), '--extensions-dir', join(scratch, 'extensions')];
  const args = ['--new-window', '--wait', ...profile, `--extensionDevelopmentPath=${repositoryRoot}`, workspace];
  console.log(`Opening ${workspace} in VS Code. Close its window or press Ctrl+C to end.`);
  // On Windows `code` is a batch file, which runs only in a shell, where paths with spaces need quotes.
  const child =
    process.platform === 'win32'
      ? spawn(
          `"${code}"`,
          args.map((arg) => `"${arg}"`),
          { stdio: 'inherit', shell: true },
        )
      : spawn(code, args, { stdio: 'inherit' });
  const ended = new Promise<void>((resolve) => child.once('exit', resolve).once('error', resolve));
  await Promise.race([ended, interrupted()]);
  return 0;
}

/** The packaged extension is installed, so that a reload of the window behaves as for everybody. */
async function openInBrowser(scratch: string, workspace: string): Promise<number> {
  if ((await npm(['run', '--silent', 'package'], { cwd: repositoryRoot, output: 'keep' })).code !== 0) return 1;
  const editor = await acquireEditor(console.log);
  const dataFolder = join(scratch, 'data');
  await installExtension(editor, dataFolder, vsixPath);
  const interrupt = interrupted();
  const server = await startServer(editor, { dataFolder });
  try {
    console.log(
      `\nVS Code with the sample workspace is ready. Open\n\n    ${server.url}/?folder=${encodeURIComponent(workspace)}\n`,
    );
    console.log('and choose Services in the activity bar. Ctrl+C here ends it with all that runs in it.');
    await Promise.race([server.ended, interrupt]);
    return 0;
  } finally {
    await server.stop();
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
}

/** VS Code's own command on the PATH. */
function findDesktop(): string | undefined {
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
