/** The extension that debugs Python. */
import * as vscode from 'vscode';

/** Its id in the Marketplace. */
export const pythonDebuggerId = 'ms-python.debugpy';

export const hasPythonDebugger = (): boolean => vscode.extensions.getExtension(pythonDebuggerId) !== undefined;

/** Returns the folder in which its package debugpy is; empty when it names none. */
export async function pythonLibraries(): Promise<string> {
  try {
    const exported: unknown = await vscode.extensions.getExtension(pythonDebuggerId)?.activate();
    const found = await packagePathOf(exported);
    return found === undefined ? '' : vscode.Uri.joinPath(vscode.Uri.file(found), '..').fsPath;
  } catch {
    return '';
  }
}

/** `debug.getDebuggerPackagePath()` of its API (src/extension/apiTypes.ts of microsoft/vscode-python-debugger): the folder `debugpy`. */
async function packagePathOf(exported: unknown): Promise<string | undefined> {
  const debug: unknown = typeof exported === 'object' && exported !== null ? Reflect.get(exported, 'debug') : undefined;
  const get: unknown = typeof debug === 'object' && debug !== null ? Reflect.get(debug, 'getDebuggerPackagePath') : undefined;
  const found: unknown = typeof get === 'function' ? await Reflect.apply(get, debug, []) : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
}
