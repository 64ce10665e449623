/** Shows what became of Debug where no debugger was attached. */
import * as vscode from 'vscode';
import type { DebugOutcome } from '../../app/debug/debugging';
import type { ServiceSpec } from '../../core/model/service';
import { button } from '../../core/wording/button';
import type { ButtonTitle } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import { showMessage } from '../../messages/showMessage';
import { openConfig } from '../config/openConfig';
import { pythonDebuggerId } from './pythonDebugger';

/** Returns the debugger under which it is restarted when the user agrees to that. */
export async function showDebugOutcome(spec: ServiceSpec, outcome: DebugOutcome): Promise<'node' | 'python' | undefined> {
  switch (outcome.kind) {
    // A start that failed is reported as any other.
    case 'attached':
    case 'notRunning':
      return undefined;
    case 'alreadyAttached':
      await vscode.commands.executeCommand('workbench.view.debug');
      return undefined;
    case 'needsRestart':
      return (await asksForRestart(spec, outcome)) ? outcome.program : undefined;
    case 'pythonExtension':
      await offer(
        t('Python is debugged by the extension {0}, which is not installed.', pythonDebuggerId),
        button(t('Show Extension')),
        () => vscode.commands.executeCommand('extension.open', pythonDebuggerId),
      );
      return undefined;
    case 'noConfiguration':
      await offer(
        t('No launch configuration is named "{0}": add it to launch.json.', outcome.name),
        button(t('Open launch.json')),
        () => vscode.commands.executeCommand('workbench.action.debug.configure'),
      );
      return undefined;
    case 'unsupported':
      await offer(unsupported(spec, outcome.program), button(t('Open File')), () => openConfig(spec));
      return undefined;
    case 'elsewhere':
      void showMessage('information', t('{0} is supervised by another window of this folder: debug it there.', spec.key));
      return undefined;
    case 'external':
      void showMessage('information', t('{0} was started outside VS Code: start it here to debug it.', spec.key));
      return undefined;
    case 'refused':
      void showMessage('warning', t('No debugger could be attached to {0}.', spec.key));
      return undefined;
  }
}

const unsupported = ({ key }: ServiceSpec, program: string | undefined): string =>
  program === undefined
    ? t('{0} has no process that can be attached to: name a launch configuration with "debug" in services.json.', key)
    : t('{0} runs {1}, which cannot be attached to: name a launch configuration with "debug" in services.json.', key, program);

async function asksForRestart({ key }: ServiceSpec, needs: Extract<DebugOutcome, { kind: 'needsRestart' }>): Promise<boolean> {
  const restart = button(t('Restart'));
  return (await showMessage('warning', questionOf(key, needs), restart)) === restart;
}

function questionOf(key: string, { program, taken }: Extract<DebugOutcome, { kind: 'needsRestart' }>): string {
  if (program === 'python') return t('Debugpy cannot attach to {0} while it is running. Restart it to debug it?', key);
  return taken === undefined
    ? t('The inspector of {0} does not open while it is running. Restart it to debug it?', key)
    : t('Port {0} is in use, so the inspector of {1} cannot open. Restart it to debug it?', taken, key);
}

async function offer(text: string, action: ButtonTitle, act: () => Thenable<unknown>): Promise<void> {
  const answer = await showMessage('warning', text, action);
  if (answer !== undefined) await act();
}
