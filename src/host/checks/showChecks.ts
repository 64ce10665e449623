/** Says in one notification how the checks of a service went. */
import * as vscode from 'vscode';
import { commandIds } from '../../core/model/commandIds';
import type { CheckOutcome } from '../../core/checks/checks';
import { t } from '../../core/wording/l10n';
import type { ServiceSpec } from '../../core/model/service';
import { checkNotice } from '../../core/checks/checkNotice';

/** Nothing is said when `run` gives undefined: it was called off. */
export async function showChecks(
  spec: Pick<ServiceSpec, 'id' | 'key'>,
  run: (id: string) => Promise<readonly CheckOutcome[] | undefined>,
): Promise<void> {
  const outcomes = await run(spec.id);
  if (outcomes === undefined) return;
  if (outcomes.length === 0) {
    sayNothingToCheck(spec);
    return;
  }
  const { ok, text } = checkNotice(
    spec.key,
    outcomes.map(({ result }) => result),
  );
  if (ok) void vscode.window.showInformationMessage(text);
  else void offer(text, spec.id);
}

async function offer(text: string, id: string): Promise<void> {
  const show = t('Show Checks');
  const diagnose = t('Diagnose');
  const answer = await vscode.window.showWarningMessage(text, show, diagnose);
  if (answer === show) await vscode.commands.executeCommand('workbench.view.testing.focus');
  if (answer === diagnose) await vscode.commands.executeCommand(commandIds.diagnose, id);
}

function sayNothingToCheck({ id, key }: Pick<ServiceSpec, 'id' | 'key'>): void {
  const open = t('Open Configuration');
  const text = t('{0} has neither "checks" nor a health probe: write what shall answer, and how, in services.json.', key);
  void vscode.window
    .showInformationMessage(text, open)
    .then((answer) => answer === open && vscode.commands.executeCommand(commandIds.openConfig, id));
}
