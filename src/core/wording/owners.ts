/** Describes the owners of a port: in reasons, in questions about them, and on the button that ends them. */
import type { OwnerState, PortHolder, PortOwner } from '../model/process';
import { button } from './button';
import type { ButtonTitle } from './button';
import { displayLanguage, t } from './l10n';
import { listOf } from './listOf';
import { pidsOf } from './pids';
import { short } from './sentence';
import { shortened } from './text';

/** Returns `pid 4711 (python main.py in /home/me/app, left over from an earlier run)`, without a full stop. */
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
  const name = shortened(key, maxKeyLength);
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

/** Describes all owners of one port, which may be processes that this user cannot see; several of one service count once. */
export const describeOwners = (owners: readonly PortOwner[]): string =>
  owners.length === 0 ? t('a process that this user cannot see') : listOf([...new Set(owners.map(describeOwner))], 'and');

/** Returns `Port 4002 is in use by the service both, which is healthy.` */
export const explainOwners = (port: number, owners: readonly PortOwner[]): string =>
  t('Port {0} is in use by {1}.', port, shortened(describeOwners(owners), maxListLength));

/** Explains why a service was not started because of its port, and what to do. */
export function explainPortTaken(port: number, owners: readonly PortOwner[]): string {
  const who = shortened(describeOwners(owners), maxListLength);
  if (owners.some(({ origin }) => origin.kind === 'editor'))
    return t(
      'Port {0} is in use by {1}. Close what uses it there, such as a forwarded port, or give the service another port.',
      port,
      who,
    );
  return owners.some(({ origin }) => origin.kind === 'service')
    ? t('Port {0} is in use by {1}. Stop that service, or give this one another port.', port, who)
    : t('Port {0} is in use by {1}. Stop that process, or give the service another port.', port, who);
}

/** Describes the processes that hold a port after the service has left it; they may be invisible to this user. */
export const describeHolders = (holders: readonly PortHolder[]): string =>
  holders.length === 0
    ? t('a process that this user cannot see')
    : listOf(
        holders.map(({ pid, command }) => t('pid {0} ({1})', pid, short(command ?? t('unknown command')))),
        'and',
      );

/** Lists the owners for a question: each once, a process with its start time. */
export const listOwners = (owners: readonly PortOwner[]): string =>
  owners.length === 0 ? describeOwners(owners) : [...new Set(owners.map(withStart))].join('; ');

const withStart = (owner: PortOwner): string =>
  owner.origin.kind === 'service' || owner.origin.kind === 'editor'
    ? describeOwner(owner)
    : t('{0}, started at {1}', describeOwner(owner), new Date(owner.startedAt).toLocaleTimeString(displayLanguage()));

/** Returns all owners but VS Code's own processes, which are never ended. */
export const endableOwners = (owners: readonly PortOwner[]): readonly PortOwner[] =>
  owners.filter(({ origin }) => origin.kind !== 'editor');

/** Returns the title of the button that ends them; the question names them all. Services of this window are stopped. */
export function endTitle(owners: readonly PortOwner[]): ButtonTitle {
  const { services, pids } = namesOf(owners);
  if (pids.length === 0) return button(t('Stop {0}', services), t('Stop'));
  if (services === '') return button(t('End {0}', pidsOf(pids)), t('End All'));
  return button(t('Stop and End All'));
}

/** Returns the title of the button that ends them and then starts the service that needs the port. */
export function endAndStartTitle(owners: readonly PortOwner[]): ButtonTitle {
  const { services, pids } = namesOf(owners);
  if (pids.length === 0) return button(t('Stop {0} and Start', services), t('Stop and Start'));
  return services === '' ? button(t('End and Start')) : button(t('Stop All, Start'));
}

function namesOf(owners: readonly PortOwner[]): { readonly services: string; readonly pids: readonly number[] } {
  const services = new Set<string>();
  const pids: number[] = [];
  for (const { origin, process } of owners) {
    if (origin.kind === 'service' && origin.id !== undefined) services.add(origin.key);
    else pids.push(process.pid);
  }
  return { services: listOf([...services], 'and'), pids };
}

/** In code points. */
const maxKeyLength = 60;
const maxListLength = 300;
