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

/** For the extension `ms-python.debugpy`, whose adapter takes a number. */
export const pythonAttach = (name: string, pid: number): AttachConfiguration => ({
  ...{ type: 'debugpy', request: 'attach', name, processId: pid },
});
