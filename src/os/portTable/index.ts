/** The TCP ports of the system we run on. */
import type { PortTable } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import { createProcessTable } from '../processTable/index';
import { windowsSource } from '../windows/sources';
import { canBind } from './canBind';
import { createDarwinPortTable } from './darwin';
import { createLinuxPortTable } from './linux';
import type { PortReader } from './reader';
import { createWindowsPortTable, excludedRange } from './windows';

export function createPortTable(platform: NodeJS.Platform = process.platform): PortTable {
  const forbidden = platform === 'win32' ? excludedRange : privileged;
  return { ...readerOf(platform), canBind: (port) => canBind(port, forbidden) };
}

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
