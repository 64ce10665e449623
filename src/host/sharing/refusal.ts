/** Reports why a request was not carried out by the window that supervises a folder. */
import type { Refusal } from '../../app/sharing/shareParts';
import { t } from '../../core/wording/l10n';
import { offerTrust } from '../consent/offerTrust';
import { showMessage } from '../../messages/showMessage';

export function reportRefusal(why: Refusal, key: string): void {
  if (why === 'untrusted') void offerTrust();
  else void showMessage('warning', message(why, key));
}

function message(why: Exclude<Refusal, 'untrusted'>, key: string): string {
  switch (why) {
    case 'unreachable':
      return t(
        'Another window of this folder supervises {0} and does not respond, so nothing was changed. Reload that window, then try again.',
        key,
      );
    case 'version':
      return t(
        'Another window of this folder supervises its services with another version of this extension. Reload that window to see them here.',
      );
  }
}
