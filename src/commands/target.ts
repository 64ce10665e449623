/** Finds the service that a command is for: an id, a row of the tree, the focused row, or what the user picks. */
import * as vscode from 'vscode';
import { t } from '../core/wording/l10n';
import type { Service } from '../core/lifecycle/state';
import { showMessage } from '../messages/showMessage';

export interface Choices {
  services(): readonly Service[];
  /** The service whose row has the keyboard focus. */
  focusedId(): string | undefined;
}

/** Returns the id of the service; undefined when the user picks none, or when there is no service. */
export async function target(argument: unknown, choices: Choices, question: string): Promise<string | undefined> {
  const named = idOf(argument, choices);
  if (named !== undefined) return named;
  const services = choices.services();
  if (services.length <= 1) {
    if (services.length === 0) {
      void showMessage(
        'information',
        t('No services are configured in this workspace: add them with the command Services: Add Services.'),
      );
    }
    return services[0]?.spec.id;
  }
  const items = services.map(({ spec }) => ({ label: spec.id, description: spec.role }));
  return (await vscode.window.showQuickPick(items, { title: 'Services', placeHolder: question }))?.label;
}

function idOf(argument: unknown, choices: Choices): string | undefined {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('focused' in argument) return choices.focusedId();
  return 'id' in argument && typeof argument.id === 'string' ? argument.id : undefined;
}
