/** Finds the program of a list: by the folders of the PATH, and on Windows by the endings of PATHEXT as well. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { Launch } from '../../app/ports';

export interface Surroundings extends Omit<Launch, 'command'> {
  readonly platform: NodeJS.Platform;
}

/** Its whole path; undefined when there is none that can be executed. */
export async function findProgram(program: string, { cwd, env, platform }: Surroundings): Promise<string | undefined> {
  const of = platform === 'win32' ? path.win32 : path.posix;
  const isPath = /[\\/]/.test(program);
  const folders = isPath ? [cwd] : (variable('PATH', env, platform) ?? '').split(of.delimiter).filter((entry) => entry !== '');
  const endings = endingsFor(program, variable('PATHEXT', env, platform), platform);
  for (const folder of folders) {
    for (const ending of endings) {
      const candidate = isPath ? of.resolve(folder, program + ending) : of.join(folder, program + ending);
      if (await isProgram(candidate)) return candidate;
    }
  }
  return undefined;
}

const usualEndings = '.COM;.EXE;.BAT;.CMD';

/**
 * A name is tried as it is only when it has one of the endings, as in cmd: `npm` beside `npm.cmd` is a script for another shell, which
 * Windows cannot execute.
 */
export function endingsFor(program: string, pathext: string | undefined, platform: NodeJS.Platform): readonly string[] {
  if (platform !== 'win32') return [''];
  const endings = (pathext ?? usualEndings).split(';').filter((ending) => ending.startsWith('.'));
  const isWhole = endings.some((ending) => program.toLowerCase().endsWith(ending.toLowerCase()));
  return isWhole ? ['', ...endings] : endings;
}

/** That of the service before that of VS Code. On Windows a name is the same in any case, and `Path` is how it is written there. */
function variable(name: string, env: Launch['env'], platform: NodeJS.Platform): string | undefined {
  // Not a list of `process.env`, for which Node asks the system for each of its variables.
  if (platform !== 'win32') return env[name] ?? process.env[name];
  for (const all of [env, process.env]) {
    const found = Object.entries(all).find(([each, value]) => value !== undefined && each.toUpperCase() === name);
    if (found !== undefined) return found[1];
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
