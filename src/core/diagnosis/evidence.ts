/** Facts that several rules show, in the same words. */
import { t } from '../l10n';
import type { Listener } from '../process';
import { place } from './ask';

export const listens = (listener: Listener): string => t('Listens: {0}', place(listener));

/** With who it is; a process of another user cannot be seen. */
export const listensAs = (listener: Listener): string =>
  t('Listens: {0}, pid {1}', place(listener), listener.pids.join(', ') || t('not visible'));
