/** Runs test/os: `npm run test:os [-- mocha's arguments, or files]`. What belongs to another system is left out, and named. */
import { join, relative } from 'node:path';
import { glob } from './glob';
import { repositoryRoot } from './repository';
import { run } from './run';
import { isHere, posix, type System } from './systems';

/** What needs a system: folders and files of test/os. The others run everywhere; an adapter for Windows is tested in test/wine as well. */
const needs: readonly (readonly [path: string, systems: readonly System[], why: string])[] = [
  ['terminalTap.test.ts', ['linux'], 'devices of terminals in /proc'],
  ['diagnosis/everyCode.test.ts', ['linux', 'darwin', 'win32'], 'it reads files only'],
  ['diagnosis/', posix, 'servers in Python and a POSIX shell, stopped by signals'],
  ['firstActions/', posix, 'commands for a POSIX shell'],
  ['trees/interrupt.test.ts', posix, 'signals'],
  ['trees/kill.test.ts', posix, 'signals and process groups'],
  ['trees/killByTools.test.ts', posix, 'signals'],
  ['probes/exec.test.ts', posix, 'commands for a POSIX shell'],
  ['endedOwner.test.ts', posix, 'signals'],
  ['trees/exitWatch.test.ts', posix, 'a POSIX shell and signals'],
  ['processTable/', posix, 'a POSIX shell; test/wine has the table of Windows'],
  ['portTable/portTable.test.ts', posix, 'servers in Python that share sockets; test/wine has the table of Windows'],
  ['missingTools.test.ts', ['linux'], 'on the other systems their own tools are found without the PATH'],
  ['windowsCommands.test.ts', posix, 'the first bash of Windows is that of WSL, not Git Bash'],
  ['debug/debugpyStart.test.ts', posix, 'a PYTHONPATH and programs as on POSIX systems'],
];

export async function main(args: readonly string[]): Promise<number> {
  const folder = join(repositoryRoot, 'test', 'os');
  const chosen = args.some((arg) => arg.endsWith('.ts'));
  const files = chosen ? [] : await glob(folder, '.test.ts');
  const others = files.filter((file) => !belongsHere(pathOf(folder, file)));
  for (const file of others) {
    const [, systems = [], why = ''] = needOf(pathOf(folder, file)) ?? [];
    console.log(`Not for ${process.platform}: ${pathOf(folder, file)} (only on ${systems.join(' and ')}: ${why}).`);
  }
  const mocha = join(repositoryRoot, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const own = files.filter((file) => !others.includes(file));
  return (await run(process.execPath, [mocha, '--parallel', '--jobs', '2', ...own, ...args])).code ?? 1;
}

const pathOf = (folder: string, file: string): string => relative(folder, file).replaceAll('\\', '/');
const needOf = (path: string): (typeof needs)[number] | undefined => needs.find(([start]) => path.startsWith(start));
function belongsHere(path: string): boolean {
  const need = needOf(path);
  return need === undefined || isHere(need[1]);
}
