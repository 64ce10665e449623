/** The command svc, as an integrated terminal finds it. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../../support/poll';
import { folder, removeFile } from './services';

let found: string | undefined;

/** The whole path of the script, as a shell of an integrated terminal finds it on its PATH. */
export async function svcPath(): Promise<string> {
  if (found !== undefined) return found;
  const file = join(folder(), 'svc-path.txt');
  const terminal = vscode.window.createTerminal({ name: 'finds svc', shellPath: '/bin/sh' });
  try {
    found = await until(
      'svc to be found on the PATH',
      async () => {
        terminal.sendText(`command -v svc > '${file}'`);
        return (await readFile(file, 'utf8').catch(() => '')).trim() || undefined;
      },
      15_000,
    );
    return found;
  } finally {
    terminal.dispose();
    await removeFile('svc-path.txt');
  }
}

export interface SvcResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs it without a terminal, as a program does. */
export async function svc(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: object } = {},
): Promise<SvcResult> {
  const path = await svcPath();
  const env = { PATH: '/usr/bin:/bin', ...options.env };
  return new Promise((resolve, reject) => {
    const child = spawn(path, [...args], { cwd: options.cwd ?? folder(), env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}
