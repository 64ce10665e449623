/** Starts the helper process: a Node of its own, from the program that runs this one. */
import { fork, type ForkOptions } from 'node:child_process';
import type { HelperChannel, HelperEvents } from './helperProcess';

/** Options for a debugger and the like must not reach it. */
const notInherited: ReadonlySet<string> = new Set(['NODE_OPTIONS', 'VSCODE_INSPECTOR_OPTIONS', 'ELECTRON_RUN_AS_NODE']);

/** `module` is the bundle of the helper. Throws when there is no process to be had. */
export function startHelper(module: string, { received, ended }: HelperEvents): HelperChannel {
  const inherited = Object.entries(process.env).filter(([name]) => !notInherited.has(name.toUpperCase()));
  const options: ForkOptions & { readonly windowsHide: boolean } = {
    // On the desktop the program is VS Code itself, which becomes Node by this variable.
    env: { ...Object.fromEntries(inherited), ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  };
  const child = fork(module, [], options);
  child.on('message', received);
  child.once('error', ended);
  child.once('exit', ended);
  // It never keeps the extension host from ending.
  child.unref();
  child.channel?.unref();
  return {
    send: (request) => void child.send(request, (error) => error !== null && ended()),
    close: () => {
      if (child.connected) child.disconnect();
      // The handle of a child that was not waited for is its own: no other process can have its pid.
      if (child.exitCode === null) child.kill();
    },
  };
}
