/** The notification of a second copy of a running service. */
import type { Finding } from '../diagnosis/finding';
import { button } from '../wording/button';
import type { ButtonTitle } from '../wording/button';
import { t } from '../wording/l10n';
import type { FailureNotification } from './failureNotification';

/** Its buttons are the actions of the finding: to stop the copy, and to show the service. */
export function copyNotification({ title, actions }: Finding): FailureNotification {
  const titles: readonly ButtonTitle[] = [button(t('Stop the Copy')), button(t('Show the Service'))];
  const buttons = titles.flatMap((shown, index) => {
    const action = actions[index];
    return action === undefined ? [] : [{ ...action, title: shown }];
  });
  return { severity: 'warning', message: title, buttons };
}
