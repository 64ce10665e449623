/**
 * Records what a command writes in a terminal, for the tests of the cause: `node scripts/bootstrap.mjs recordOutput FILE FOLDER COMMAND`.
 * FILE gets the raw bytes. FOLDER is where COMMAND runs; its path becomes /home/dev/shop in the recording, that of its parent /home/dev.
 * Needs `script` of util-linux. Prints the exit code.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The panel of a VS Code window that is 1280 pixels wide. */
const columns = 120;
const rows = 15;
/** Seconds; a command that is still running then is ended. */
const maxSeconds = 60;

/** What the terminal of VS Code sets, and nothing that makes tools behave as in CI. */
const environment = (): NodeJS.ProcessEnv => {
  const { CI: _, NO_COLOR: _noColor, FORCE_COLOR: _forceColor, ...inherited } = process.env;
  return { ...inherited, TERM: 'xterm-256color', COLORTERM: 'truecolor', TERM_PROGRAM: 'vscode' };
};

/** Returns the recording with neutral paths instead of those of this machine. */
export const neutral = (raw: string, folder: string): string =>
  raw
    .replaceAll(folder, '/home/dev/shop')
    .replaceAll(dirname(folder), '/home/dev')
    .replaceAll(homedir() === '/' ? '\0' : `${homedir()}/`, '/home/dev/');

export function main([file, folder, ...command]: readonly string[]): number {
  if (file === undefined || folder === undefined || command.length === 0)
    throw new Error('Usage: recordOutput FILE FOLDER COMMAND');
  const scratch = mkdtempSync(join(tmpdir(), 'record-'));
  const raw = join(scratch, 'raw');
  try {
    const line = `stty cols ${columns} rows ${rows}; exec timeout --foreground -k 5 ${maxSeconds} sh -c '${command.join(' ').replaceAll("'", `'\\''`)}'`;
    const { status } = spawnSync('script', ['-q', '-e', '-E', 'never', '-O', raw, '-c', line], {
      cwd: folder,
      env: environment(),
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    // The first and the last line are written by `script` itself.
    const text = readFileSync(raw, 'latin1')
      .replace(/^Script started on .*\n/, '')
      .replace(/\nScript done on .*\n?$/, '');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, neutral(text, realpathSync(folder)), 'latin1');
    console.log(`${file}: exit code ${status}`);
    return 0;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
