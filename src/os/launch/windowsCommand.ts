/**
 * A line as it is run on Windows, so that it means the same whether the task shell is PowerShell, cmd or Git Bash. A bundle of its own, because
 * other systems never need it.
 */
import type { Launch } from '../../app/ports';
import { isBatchFile } from '../../core/shells/batchLine';
import { withBatchNames } from '../../core/shells/batchNames';
import { wordsWithoutShell } from '../../core/shells/plainLine';
import { findProgram } from './findProgram';

/** Scripts of other languages, which PATHEXT may name, need the shell. */
const isExecutable = (path: string): boolean => /\.(?:exe|com)$/i.test(path) || isBatchFile(path);

/** A path that is not found is left to the shell, which says so in its words. */
export async function windowsCommand(line: string, place: Omit<Launch, 'command'>): Promise<Launch['command']> {
  const find = (program: string): Promise<string | undefined> => findProgram(program, { ...place, platform: 'win32' });
  const [program, ...args] = wordsWithoutShell(line) ?? [];
  const path = program === undefined ? undefined : await find(program);
  if (path !== undefined && isExecutable(path)) return [path, ...args];
  return withBatchNames(line, async (name) => isBatchFile((await find(name)) ?? ''));
}
