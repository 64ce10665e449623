/** Finds the version of Node or Python that a task of the service would run. */
import { open, realpath } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import * as path from 'node:path';
import type { RuntimeProgram } from '../../core/diagnosis/facts';

/** Programs that run on Node or Python, as the first word of a command. */
const programs: Readonly<Record<RuntimeProgram, RegExp>> = {
  node: /^(?:node|nodejs|npm|npx|pnpm|pnpx|yarn|corepack|tsx|ts-node|nodemon|next|nuxt|vite|ng|nest|astro)$/,
  python: /^(?:python|python3|py)$/,
};

/** Returns which of the two the command runs; undefined when it is neither, or when a tool picks the version. */
export function programOf(command: string | readonly string[]): RuntimeProgram | undefined {
  const words = typeof command === 'string' ? command.trim().split(/\s+/) : command;
  const first = words.find((word) => !/^[A-Za-z_]\w*=/.test(word)) ?? '';
  return (['node', 'python'] as const).find((program) => programs[program].test(first));
}

/** Shims start the version that the folder asks for. */
const shims = /[\\/](?:shims|\.volta[\\/]bin|\.proto[\\/]bin)[\\/]/;

const timeoutMs = 1500;
/** By real path: a version of a program does not change. */
const known = new Map<string, Promise<string | undefined>>();

/** Returns the version, such as "20.11.0"; undefined when the program is not found or is a shim. `search` is PATH. */
export async function usedVersion(program: RuntimeProgram, search: string): Promise<string | undefined> {
  const names = program === 'python' ? ['python3', 'python'] : ['node'];
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  for (const folder of search.split(path.delimiter).filter((each) => path.isAbsolute(each))) {
    for (const name of names.flatMap((each) => endings.map((ending) => each + ending))) {
      const file = path.join(folder, name);
      const real = await realpath(file).catch(() => undefined);
      if (real === undefined) continue;
      if (shims.test(file) || shims.test(real) || (await isScript(real))) return undefined;
      const version = known.get(real) ?? versionOf(real);
      known.set(real, version);
      return version;
    }
  }
  return undefined;
}

/** A script in place of the program is a shim of a tool that is not known here. */
async function isScript(file: string): Promise<boolean> {
  const opened = await open(file).catch(() => undefined);
  if (opened === undefined) return false;
  try {
    const { buffer } = await opened.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') === '#!';
  } finally {
    await opened.close();
  }
}

/** Runs the program of the system, outside the workspace and without what could make it load code. */
function versionOf(file: string): Promise<string | undefined> {
  const { NODE_OPTIONS: _options, PYTHONPATH: _path, PYTHONHOME: _home, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(file, ['--version'], { cwd: homedir(), env, timeout: timeoutMs, windowsHide: true }, (error, stdout, stderr) => {
      resolve(error === null ? /(?<!\d)(\d{1,4}\.\d{1,4}\.\d{1,4})/.exec(stdout + stderr)?.[1] : undefined);
    });
  });
}
