/**
 * A line as it is run on Windows, so that it means the same whether the task shell is PowerShell, cmd or Git Bash. A bundle of its own, because
 * other systems never need it.
 */
import { stat } from 'node:fs/promises';
import type { Launch } from '../../app/ports';
import { isBatchFile } from '../../core/shells/batchLine';
import { packageManagerNames, withBatchNames } from '../../core/shells/batchNames';
import { wordsWithoutShell } from '../../core/shells/plainLine';
import { isPowerShell, typedLine } from '../../core/shells/typedLine';
import { findProgram } from './findProgram';

/** Scripts of other languages, which PATHEXT may name, need the shell. */
const isExecutable = (path: string): boolean => /\.(?:exe|com)$/i.test(path) || isBatchFile(path);

/** A path that is not found is left to the shell, which says so in its words. */
export async function windowsCommand(line: string, place: Omit<Launch, 'command'>): Promise<Launch['command']> {
  const [program, ...args] = wordsWithoutShell(line) ?? [];
  const path = program === undefined ? undefined : await findProgram(program, { ...place, platform: 'win32' });
  if (path !== undefined && isExecutable(path)) return [path, ...args];
  return withBatchNames(line, (name) => runsAsBatch(name, place));
}

/** The line of ours as it is typed into a terminal with this shell, which the user has chosen. */
export async function typedCommand(line: string, shell: string, cwd: string): Promise<string> {
  const own = isPowerShell(shell) ? await withBatchNames(line, (name) => runsAsBatch(name, { cwd, env: {} })) : line;
  return typedLine(own, shell);
}

/** Other batch files are found by every shell, and nothing else is found in their place. */
async function runsAsBatch(name: string, place: Omit<Launch, 'command'>): Promise<boolean> {
  const found = await findProgram(name, { ...place, platform: 'win32' });
  if (found === undefined || !isBatchFile(found)) return false;
  return packageManagerNames.has(name) || isFile(found.replace(/\.\w+$/, '.ps1'));
}

const isFile = async (file: string): Promise<boolean> => (await stat(file).catch(() => undefined))?.isFile() ?? false;
