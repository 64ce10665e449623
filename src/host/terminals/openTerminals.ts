/** The terminals of this window, with the pids of their shells. */
import * as vscode from 'vscode';
import type { ShellTerminal } from '../../app/diagnosis/terminalFacts';

/** A terminal that is still being made must not hold the others up (ms). */
const pidTimeoutMs = 300;

export async function openTerminals(): Promise<readonly ShellTerminal[]> {
  const pids = await Promise.all(vscode.window.terminals.map(({ processId }) => settled(processId)));
  return vscode.window.terminals.flatMap(({ name }, index) => {
    const pid = pids[index];
    return pid === undefined ? [] : [{ pid, name }];
  });
}

const settled = (pid: Thenable<number | undefined>): Promise<number | undefined> =>
  Promise.race([Promise.resolve(pid), new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), pidTimeoutMs))]);
