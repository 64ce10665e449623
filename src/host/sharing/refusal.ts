/** Reports why a request was not carried out by the window that supervises a folder. */
import * as vscode from 'vscode';
import type { Refusal } from '../../app/sharing/shareParts';
import { manageTrustCommandId } from '../../core/model/commandIds';
import { button } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import { showMessage } from '../../messages/showMessage';

export function reportRefusal(why: Refusal, key: string): void {
  if (why === 'untrusted') void offerTrust(key);
  else void showMessage('warning', message(why, key));
}

async function offerTrust(key: string): Promise<void> {
  const manage = button(t('Manage Trust'));
  const answer = await showMessage('warning', message('untrusted', key), manage);
  if (answer === manage) await vscode.commands.executeCommand(manageTrustCommandId);
}

function message(why: Refusal, key: string): string {
  switch (why) {
    case 'unreachable':
      return t(
        'Another window of this folder supervises {0} and does not respond, so nothing was changed. Reload that window, then try again.',
        key,
      );
    case 'untrusted':
      return t('This window is in Restricted Mode, so it cannot start or stop {0}.', key);
    case 'version':
      return t(
        'Another window of this folder supervises its services with another version of this extension. Reload that window to see them here.',
      );
  }
}
