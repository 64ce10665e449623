/** Reads the scripts that a command or the output names: their first line, line endings and permissions. Runs none. */
import type { ScriptFacts } from '../../core/diagnosis/facts';
import { linesOf } from '../../core/diagnosis/output';
import { defined } from '../../core/model/defined';
import { known } from '../../core/model/process';
import type { Reading } from '../../core/model/process';
import { isAbsolute, joinPath } from '../../core/workspaceFiles/paths';
import type { Files } from './parts';

const maxBytes = 262_144;
const maxScripts = 8;

/** Messages of shells and of the kernel about a program that they cannot start. */
const refusals =
  /(?:^|[\s:'‘])(?<path>[^\s:'‘’"]+)(?:: (?:line \d+: )?(?:cannot execute|Permission denied|not found|No such file|.*bad interpreter|\$'\\r')|: EACCES)|spawn (?<spawned>\S+) EACCES/;

export async function readScripts(
  output: Reading<readonly string[]>,
  { command, cwd }: { readonly command: string; readonly cwd: string },
  files: Files,
): Promise<Reading<readonly ScriptFacts[]>> {
  const words = command.split(/\s+/).map((word) => word.replace(/^["']|["']$/g, ''));
  const named = linesOf({ output })
    .slice(-40)
    .filter((line) => line.length < 1000)
    .flatMap((line) => {
      const groups = refusals.exec(line)?.groups;
      return groups?.['path'] ?? groups?.['spawned'] ?? [];
    });
  const paths = [...words, ...named].filter((word) => isPath(word)).map((word) => joinPath(cwd, word));
  const read = await Promise.all([...new Set(paths)].slice(0, maxScripts).map((path) => scriptAt(path, files)));
  return known(read.flatMap((script) => script ?? []));
}

const isPath = (word: string): boolean =>
  !word.startsWith('-') && !word.includes('://') && !word.includes('$') && (/[\\/]/.test(word) || /\.\w{1,4}$/.test(word));

/** A binary program has no first line of this kind. */
async function scriptAt(path: string, files: Files): Promise<ScriptFacts | undefined> {
  const text = await files.readText(path, maxBytes);
  if (text === undefined) return undefined;
  const first = text.split('\n', 1)[0] ?? '';
  const interpreter = /^#!\s*(\S+)/.exec(first)?.[1];
  const isThere = interpreter === undefined || !isAbsolute(interpreter) || (await files.changedAt(interpreter)) !== undefined;
  return {
    path,
    hasCarriageReturns: first.endsWith('\r'),
    isExecutable: await files.isExecutable(path),
    ...defined({ interpreter }),
    isInterpreterThere: isThere,
  };
}
