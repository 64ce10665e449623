/** The process table of the system we run on. */
import { createDarwinProcessTable } from './darwin';
import { createLinuxProcessTable } from './linux';
import { windowsSource } from '../windows/sources';
import type { SystemProcessTable } from './table';
import { createWindowsProcessTable } from './windows';

export function createProcessTable(platform: NodeJS.Platform = process.platform): SystemProcessTable {
  if (platform === 'linux') return createLinuxProcessTable();
  return platform === 'win32' ? createWindowsProcessTable(windowsSource()) : createDarwinProcessTable();
}

export type { SystemProcessTable };
