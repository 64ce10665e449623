/** Describes the processes that hold a port. */
import type { PortOwner } from '../model/process';
import { t } from './l10n';
import { listOf } from './listOf';
import { short } from './sentence';

/** `pid 4711 (python main.py in /home/me/app, left over from an earlier run)`, without a full stop. */
export function describeOwner({ process, command, cwd, origin }: PortOwner): string {
  const what = cwd === undefined ? short(command) : t('{0} in {1}', short(command), short(cwd));
  return origin === 'ours'
    ? t('pid {0} ({1}, left over from an earlier run)', process.pid, what)
    : t('pid {0} ({1})', process.pid, what);
}

/** Describes the owners of one port, which may be processes that this user cannot see. */
export const describeOwners = (owners: readonly PortOwner[]): string =>
  owners.length === 0 ? t('a process that this user cannot see') : listOf(owners.map(describeOwner), 'and');
