/** What PowerShell answers of Windows. A bundle of its own, because most systems never need it. */
import { systemClock } from '../clock';
import { HelperProcess } from './helperProcess';
import type { WindowsSource } from './ports';
import { startPowerShell, windowsPowerShell } from './startPowerShell';

export const powerShellSource = (): WindowsSource =>
  new HelperProcess((events) => startPowerShell(windowsPowerShell(), events), systemClock);
