/** Offers the one thing that helps in a workspace that is not trusted. */
import * as vscode from 'vscode';
import { manageTrustCommandId } from '../../core/model/commandIds';
import { button } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import { showMessage } from '../../messages/showMessage';

/** The message on screen: Start All asks for each service, and one answer is enough. */
let shown: Promise<void> | undefined;

/** Settles when the user has answered or closed the message. */
export function offerTrust(): Promise<void> {
  shown ??= offer().finally(() => (shown = undefined));
  return shown;
}

async function offer(): Promise<void> {
  const manage = button(t('Manage Trust'));
  const answer = await showMessage('warning', t('This workspace is not trusted, so no service is started in it.'), manage);
  if (answer === manage) await vscode.commands.executeCommand(manageTrustCommandId);
}
