/** What the actions of a diagnosis do. Arguments come from commands, so that each is looked at before it is used. */
import * as vscode from 'vscode';
import { endOwner } from '../../app/run/endOwner';
import type { Clock, ProcessTable, ProcessTrees } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import { isIdentity } from '../../core/model/process';

export interface RemedyTools {
  readonly processes: ProcessTable;
  readonly trees: ProcessTrees;
  readonly clock: Clock;
}

/** Ends exactly this process, and what it started, after the person's consent. */
export async function stopProcess(argument: unknown, tools: RemedyTools): Promise<void> {
  const row = await stillThere(argument, tools.processes);
  if (row === undefined) return;
  const stop = t('Stop pid {0}', row.pid);
  const question = t('Stop pid {0} ({1})?', row.pid, row.command);
  if ((await vscode.window.showWarningMessage(question, { modal: true }, stop)) !== stop) return;
  const outcome = await endOwner({ process: row }, tools.trees, tools.clock);
  if (outcome.left.length > 0)
    void vscode.window.showErrorMessage(
      t('Pid {0} could not be stopped: {1}.', outcome.left.join(', '), outcome.why ?? t('it does not react')),
    );
}

/** Lets a stopped process go on. */
export async function resumeProcess(argument: unknown, { processes }: RemedyTools): Promise<void> {
  const row = await stillThere(argument, processes);
  if (row === undefined) return;
  try {
    process.kill(row.pid, 'SIGCONT');
  } catch (error) {
    void vscode.window.showErrorMessage(t('Pid {0} could not be continued: {1}.', row.pid, String(error)));
  }
}

/** A pid may be somebody else's by the time the person has decided. */
async function stillThere(argument: unknown, processes: ProcessTable) {
  if (!isIdentity(argument)) return undefined;
  const table = await processes.list();
  const row =
    table.kind === 'known' ? table.value.find(({ pid, born }) => pid === argument.pid && born === argument.born) : undefined;
  if (row === undefined) void vscode.window.showInformationMessage(t('Pid {0} is gone already.', argument.pid));
  return row;
}

/** Types the command where the person sees it, and leaves it to them to run it. */
export function runInTerminal(command: unknown, folder: unknown): void {
  if (typeof command !== 'string' || typeof folder !== 'string') return;
  const terminal = vscode.window.createTerminal({ cwd: folder });
  terminal.show();
  terminal.sendText(command, false);
}

/** Line and column count from 1. */
export async function openFile(path: unknown, line: unknown, column: unknown): Promise<void> {
  if (typeof path !== 'string') return;
  const position = new vscode.Position(count(line) - 1, count(column) - 1);
  try {
    await vscode.window.showTextDocument(vscode.Uri.file(path), { selection: new vscode.Range(position, position) });
  } catch {
    void vscode.window.showWarningMessage(t('{0} cannot be opened: it may have been moved since.', path));
  }
}

const count = (value: unknown): number => (typeof value === 'number' && value >= 1 ? Math.floor(value) : 1);
