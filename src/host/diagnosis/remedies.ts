/** Implements the actions of a diagnosis. Their arguments come from commands, so each one is checked before use. */
import * as vscode from 'vscode';
import { endOwner } from '../../app/run/endOwner';
import type { Clock, KillOutcome, ProcessTable, ProcessTrees } from '../../app/ports';
import { button } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import { listOf } from '../../core/wording/listOf';
import { isIdentity } from '../../core/model/process';
import { askModal, showMessage } from '../../messages/showMessage';

export interface RemedyTools {
  readonly processes: ProcessTable;
  readonly trees: ProcessTrees;
  readonly clock: Clock;
}

/** Ends exactly this process and its descendants, after the user confirmed it. */
export async function stopProcess(argument: unknown, tools: RemedyTools): Promise<void> {
  const row = await stillThere(argument, tools.processes);
  if (row === undefined) return;
  const stop = button(t('End pid {0}', row.pid), t('End Process'));
  if ((await askModal(t('End pid {0}?', row.pid), row.command, stop)) !== stop) return;
  const outcome = await endOwner({ process: row }, tools.trees, tools.clock);
  if (outcome.left.length > 0) void showMessage('error', notEnded(outcome));
}

function notEnded({ left, why }: KillOutcome): string {
  const pids = listOf(left.map(String), 'and');
  if (left.length === 1)
    return why === undefined ? t('Process {0} could not be ended.', pids) : t('Process {0} could not be ended ({1}).', pids, why);
  return why === undefined
    ? t('Processes {0} could not be ended.', pids)
    : t('Processes {0} could not be ended ({1}).', pids, why);
}

/** Continues a stopped process. */
export async function resumeProcess(argument: unknown, { processes }: RemedyTools): Promise<void> {
  const row = await stillThere(argument, processes);
  if (row === undefined) return;
  try {
    process.kill(row.pid, 'SIGCONT');
  } catch (error) {
    void showMessage('error', t('Process {0} could not be continued ({1}).', row.pid, String(error)));
  }
}

/** Finds the process by pid and start time: another process may have the pid by the time the user decides. */
async function stillThere(argument: unknown, processes: ProcessTable) {
  if (!isIdentity(argument)) return undefined;
  const table = await processes.list();
  const row =
    table.kind === 'known' ? table.value.find(({ pid, born }) => pid === argument.pid && born === argument.born) : undefined;
  if (row === undefined) void showMessage('information', t('Process {0} has already exited.', argument.pid));
  return row;
}

/** How a line is written for the shell of a terminal in the folder. */
export type WriteForTerminal = (line: string, folder: string) => Promise<string>;

/** Types the command into a new terminal, and leaves it to the user to run it. */
export async function runInTerminal(command: unknown, folder: unknown, written: WriteForTerminal): Promise<void> {
  if (typeof command !== 'string' || typeof folder !== 'string') return;
  const terminal = vscode.window.createTerminal({ cwd: folder });
  terminal.show();
  terminal.sendText(await written(command, folder), false);
}

/** `line` and `column` start at 1; anything else means 1. */
export async function openFile(path: unknown, line: unknown, column: unknown): Promise<void> {
  if (typeof path !== 'string') return;
  const position = new vscode.Position(count(line) - 1, count(column) - 1);
  try {
    await vscode.window.showTextDocument(vscode.Uri.file(path), { selection: new vscode.Range(position, position) });
  } catch {
    void showMessage('warning', t('{0} cannot be opened: it may have been moved.', path));
  }
}

const count = (value: unknown): number => (typeof value === 'number' && value >= 1 ? Math.floor(value) : 1);
