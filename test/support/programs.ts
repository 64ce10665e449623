/** Programs that some tests start, and which a machine may lack; `.ci/run` installs them all. */
import { spawnSync } from 'node:child_process';
import { findPythonWith } from './python';

/** Whether the program is on the PATH and can say its version. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** What is missing here, for the start of `npm test`. */
export function missingPrograms(): readonly string[] {
  const programs: readonly (readonly [name: string, isThere: boolean])[] = [
    ['Python with fastapi and uvicorn', findPythonWith('fastapi', 'uvicorn') !== undefined],
    ['Python with flask', findPythonWith('flask') !== undefined],
    ['Python with debugpy', findPythonWith('debugpy') !== undefined],
    ['psql', isInstalled('psql')],
  ];
  return programs.filter(([, isThere]) => !isThere).map(([name]) => name);
}
