/** The launch configurations by which Debug attaches to a process. */

export interface AttachConfiguration {
  readonly type: string;
  readonly request: 'attach';
  readonly name: string;
  readonly [option: string]: unknown;
}

/**
 * For js-debug, which VS Code has. Child processes are left alone: for them it would change the environment of the service, which then
 * names a file that is gone after the session.
 */
export const nodeAttach = (
  name: string,
  { address, port, cwd }: { readonly address: string; readonly port: number; readonly cwd: string },
): AttachConfiguration => ({
  ...{ type: 'node', request: 'attach', name, address, port, cwd },
  ...{ continueOnAttach: true, autoAttachChildProcesses: false, skipFiles: ['<node_internals>/**'] },
});

/**
 * For the extension `ms-python.debugpy`. Debugpy itself follows what the program starts, such as the worker of a reloader, and has the
 * sessions of these started.
 */
const python = { type: 'debugpy', request: 'attach', justMyCode: true, subProcess: true } as const;

/** The adapter takes a number. */
export const pythonAttach = (name: string, pid: number): AttachConfiguration => ({ ...python, name, processId: pid });

/** To debugpy that is listening; without path mappings paths are the same on both sides. */
export const debugpyConnect = (
  name: string,
  { address, port }: { readonly address: string; readonly port: number },
): AttachConfiguration => ({ ...python, name, connect: { host: address, port } });
