/** The notification of a second copy of a running service. */
import type { Finding } from '../diagnosis/finding';
import { button } from '../wording/button';
import type { FailureNotification } from './failureNotification';

/** Its buttons are the actions of the finding. */
export const copyNotification = ({ title, actions }: Finding): FailureNotification => ({
  severity: 'warning',
  message: title,
  buttons: actions.map((action) => ({ ...action, title: button(action.title) })),
});
