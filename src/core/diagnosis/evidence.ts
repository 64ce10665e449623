/** Evidence that several rules show in the same words. */
import { t } from '../wording/l10n';
import type { Listener } from '../model/process';
import { place, value } from './queries';
import { closeWaits } from './closeWaits';
import type { Facts } from './facts';

export const listens = (listener: Listener): string => t('Listening on {0}', place(listener));

/** Names the process as well, unless another user owns it: then it is not visible. */
export const listensAs = (listener: Listener): string =>
  listener.pids.length === 0
    ? t('Listening on {0} (process not visible)', place(listener))
    : t('Listening on {0} (pid {1})', place(listener), listener.pids.join(', '));

/** The open connections of the port, and those that the service should have closed. */
export const connections = (facts: Facts): readonly string[] => [
  ...openConnections(value(facts.connections)?.get('ESTABLISHED') ?? 0),
  ...unclosedConnections(closeWaits(facts) ?? 0),
];

function openConnections(amount: number): readonly string[] {
  if (amount === 0) return [];
  return [amount === 1 ? t('1 open connection') : t('{0} open connections', amount)];
}

function unclosedConnections(amount: number): readonly string[] {
  if (amount === 0) return [];
  return [amount === 1 ? t('1 connection left unclosed (CLOSE_WAIT)') : t('{0} connections left unclosed (CLOSE_WAIT)', amount)];
}
