/** Whether VS Code reports what a task writes in its terminal's first run, and how it is made to where it does not. */
import * as vscode from 'vscode';

/** In VS Code before 1.106 no event announces the output of that run; from the second run on it does (seen on 1.105.1 and 1.139.1). */
export const reportsFirstRun = isAtLeast(vscode.version, 106);

/** Whether the output can be had elsewhere: on Windows no other process can write marks into a terminal. */
export const canReadFirstRun = reportsFirstRun || process.platform !== 'win32';

/** For versions 1.x, such as "1.105.1" or "1.107.0-insider"; any other one counts as newer. */
function isAtLeast(version: string, minor: number): boolean {
  const found = /^1\.(\d{1,6})\./.exec(version)?.[1];
  return found === undefined || Number(found) >= minor;
}
