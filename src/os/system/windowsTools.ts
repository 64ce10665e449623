/** Programs that come with Windows, by their whole path: what a folder of the PATH has under the same name is never run. */
import { win32 } from 'node:path';

/** `name` as below System32, such as `netstat.exe`. */
export const windowsTool = (name: string, env: NodeJS.ProcessEnv = process.env): string =>
  win32.join(variable(env, 'SystemRoot') ?? 'C:\\Windows', 'System32', name);

export const powerShellTool = (env?: NodeJS.ProcessEnv): string => windowsTool('WindowsPowerShell\\v1.0\\powershell.exe', env);

/**
 * Windows PowerShell that inherits PSModulePath from PowerShell 7 loads modules of that one, and has neither Select-Object nor
 * ConvertTo-Json then (PowerShell issue 27774). Without the variable it makes its own.
 */
export const powerShellEnv = (env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name.toUpperCase() !== 'PSMODULEPATH'));

/** Names of variables are equal in any case on Windows, but not in a copy of the environment. */
function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const found = Object.entries(env).find(([each, value]) => each.toUpperCase() === name.toUpperCase() && value !== '');
  return found?.[1];
}
