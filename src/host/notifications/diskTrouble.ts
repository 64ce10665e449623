/** Reports that logs or history cannot be saved: once per window, because the cause is the same disk. */
import type { Log } from '../../app/ports';
import { showMessage } from '../../messages/showMessage';
import { isNotificationWanted } from '../config/settings';

export class DiskTrouble {
  #show: (text: string) => void = (text) => {
    this.#show = () => undefined;
    if (isNotificationWanted(false)) void showMessage('warning', text);
  };

  constructor(private readonly log: Log) {}

  /** `text` is for the user; the log gets it each time. */
  report(text: string): void {
    this.log.warn(text);
    this.#show(text);
  }
}
