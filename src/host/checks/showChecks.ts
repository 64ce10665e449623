/** Runs the checks of a service and shows the result in one notification. */
import * as vscode from 'vscode';
import { commandIds } from '../../core/model/commandIds';
import type { CheckOutcome } from '../../core/checks/checks';
import { button } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import type { ServiceSpec } from '../../core/model/service';
import { checkNotification } from '../../core/checks/checkNotification';
import { showMessage } from '../../messages/showMessage';

/** Shows nothing when `run` returns undefined, which means that it was cancelled. */
export async function showChecks(
  spec: Pick<ServiceSpec, 'id' | 'key'>,
  run: (id: string) => Promise<readonly CheckOutcome[] | undefined>,
): Promise<void> {
  const outcomes = await run(spec.id);
  if (outcomes === undefined) return;
  if (outcomes.length === 0) {
    showNothingToCheck(spec);
    return;
  }
  const { ok, text } = checkNotification(
    spec.key,
    outcomes.map(({ result }) => result),
  );
  if (ok) void showMessage('information', text);
  else void offer(text, spec.id);
}

async function offer(text: string, id: string): Promise<void> {
  const show = button(t('Show Checks'));
  const diagnose = button(t('Diagnose'));
  const answer = await showMessage('warning', text, show, diagnose);
  if (answer === show) await vscode.commands.executeCommand('workbench.view.testing.focus');
  if (answer === diagnose) await vscode.commands.executeCommand(commandIds.diagnose, id);
}

function showNothingToCheck({ id, key }: Pick<ServiceSpec, 'id' | 'key'>): void {
  const open = button(t('Open File'));
  const text = t('{0} has no checks and no health check. Add "checks" or "health" in services.json.', key);
  void showMessage('information', text, open).then(
    (answer) => answer === open && vscode.commands.executeCommand(commandIds.openConfig, id),
  );
}
