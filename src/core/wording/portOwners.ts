/** The owners of a port in words: in reasons, in questions about them, and on the button that ends them. */
import { t } from './l10n';
import type { OwnerState, PortHolder, PortOwner } from '../model/process';
import { short } from './oneLine';

/** `pid 4711 (python main.py in /home/me/app, left over from an earlier run)`, without a full stop. */
export function describeOwner({ process, command, cwd, origin }: PortOwner): string {
  const what = cwd === undefined ? short(command) : t('{0} in {1}', short(command), short(cwd));
  switch (origin.kind) {
    case 'leftOver':
      return t('pid {0} ({1}, left over from an earlier run)', process.pid, what);
    case 'service':
      return describeService(origin.key, origin.state);
    case 'editor':
      return t('VS Code itself (pid {0})', process.pid);
    case 'other':
      return t('pid {0} ({1})', process.pid, what);
  }
}

function describeService(key: string, state: OwnerState): string {
  const name = short(key, 60);
  switch (state) {
    case 'healthy':
      return t('the service {0}, which is healthy', name);
    case 'unhealthy':
      return t('the service {0}, which is unhealthy', name);
    case 'starting':
      return t('the service {0}, which is starting', name);
    case 'running':
      return t('the service {0}, which is running', name);
    case 'stopping':
      return t('the service {0}, which is stopping', name);
    case 'elsewhere':
      return t('the service {0}, which another window runs', name);
  }
}

/** All owners of one port. It may be held by processes that this user cannot see; several of one service count once. */
export const describeOwners = (owners: readonly PortOwner[]): string =>
  owners.length === 0 ? t('a process that cannot be seen from here') : [...new Set(owners.map(describeOwner))].join(t(' and '));

/** `Port 4002 is used by the service both, which is healthy.` */
export const explainOwners = (port: number, owners: readonly PortOwner[]): string =>
  t('Port {0} is used by {1}.', port, short(describeOwners(owners), 300));

export function explainPortTaken(port: number, owners: readonly PortOwner[]): string {
  const who = short(describeOwners(owners), 300);
  if (owners.some(({ origin }) => origin.kind === 'editor'))
    return t(
      'Port {0} is used by {1}: close what uses it there, such as a forwarded port, or give the service another port.',
      port,
      who,
    );
  return owners.some(({ origin }) => origin.kind === 'service')
    ? t('Port {0} is used by {1}: stop that service, or give this one another port.', port, who)
    : t('Port {0} is used by {1}: stop that process, or give the service another port.', port, who);
}

/** Of a port that a service left. Its holders may be processes that this user cannot see. */
export const describeHolders = (holders: readonly PortHolder[]): string =>
  holders.length === 0
    ? t('a process that cannot be seen from here')
    : holders.map(({ pid, command }) => t('pid {0} ({1})', pid, short(command ?? t('unknown command')))).join(t(' and '));

/** Each once, a process with the time of its start. */
export function listOwners(owners: readonly PortOwner[]): string {
  if (owners.length === 0) return describeOwners(owners);
  return [...new Set(owners.map(withStart))].join('; ');
}

const withStart = (owner: PortOwner): string =>
  owner.origin.kind === 'service' || owner.origin.kind === 'editor'
    ? describeOwner(owner)
    : t('{0}, started {1}', describeOwner(owner), new Date(owner.startedAt).toLocaleTimeString());

/** All but VS Code's own processes, which are never ended. */
export const endableOwners = (owners: readonly PortOwner[]): readonly PortOwner[] =>
  owners.filter(({ origin }) => origin.kind !== 'editor');

/** `Stop both`, `Stop pid 99`, `Stop pid 99, pid 100`: a service of this window by its name, every other process by its pid. */
export function endTitle(owners: readonly PortOwner[]): string {
  const names = owners.map(({ origin, process }) =>
    origin.kind === 'service' && origin.id !== undefined ? origin.key : t('pid {0}', process.pid),
  );
  return t('Stop {0}', [...new Set(names)].join(', '));
}
