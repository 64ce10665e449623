/** The TCP ports of the system we run on. */
import type { BindOutcome, PortTable } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import { createProcessTable } from '../processTable/index';
import { windowsSource } from '../windows/sources';
import { canBind, loopback } from './canBind';
import { createDarwinPortTable } from './darwin';
import { createLinuxPortTable } from './linux';
import type { PortReader } from './reader';
import { createWindowsPortTable, excludedRange } from './windows';

export function createPortTable(platform: NodeJS.Platform = process.platform): PortTable {
  const reader = readerOf(platform);
  const bind = platform === 'win32' ? bindBesideListeners(reader) : (port: number) => canBind(port, privileged);
  return { ...reader, canBind: bind };
}

/** A bind on the loopback succeeds on Windows beside a listener on all addresses, so listeners are looked at as well. */
export const bindBesideListeners =
  ({ listeners }: Pick<PortReader, 'listeners'>) =>
  async (port: number): Promise<BindOutcome> => {
    const seen = await listeners(port);
    if (seen.kind === 'known' && seen.value.length > 0) return { kind: 'inUse' };
    return canBind(port, (refused) => excludedRange(refused), loopback);
  };

function readerOf(platform: NodeJS.Platform): PortReader {
  if (platform === 'linux') return createLinuxPortTable();
  return platform === 'win32' ? createWindowsPortTable(windowsSource(), createProcessTable('win32')) : createDarwinPortTable();
}

const privileged = (port: number): Promise<string> =>
  Promise.resolve(
    port < 1024
      ? t('Port {0} is below 1024 and needs more rights than this user has.', port)
      : t('The system refuses port {0} to this user.', port),
  );
